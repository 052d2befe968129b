"""Tests of the project itself: its rooms, its scripts and what lies in the repository."""
