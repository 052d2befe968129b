"""Handing a build to others: its links and the message about it."""
