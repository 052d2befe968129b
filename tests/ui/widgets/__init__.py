"""Tests of the small widgets that know only Qt."""
