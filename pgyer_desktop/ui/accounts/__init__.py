"""Connecting accounts, their guard rails, and the two pickers over the table."""
