"""Tests of the forms of rules."""
