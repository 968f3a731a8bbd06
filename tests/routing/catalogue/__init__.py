"""Tests of the catalogue of fields."""
