"""Tests of the routing app."""
