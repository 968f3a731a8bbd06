"""Tests of the pure engine: tables and properties, no database."""
