"""The fields of every section, in the order people read them."""
