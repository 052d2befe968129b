"""Pgyer Desktop, an unofficial desktop client for Pgyer's version management."""

__version__ = "0.1.0"
