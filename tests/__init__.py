"""The tests of Pgyer Desktop, laid out as the package is."""
