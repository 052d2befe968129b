"""Tests of `pgyer_desktop.core`."""
