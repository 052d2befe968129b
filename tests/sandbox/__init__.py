"""Tests of the sandbox itself: what everything else is tested against has to be right."""
