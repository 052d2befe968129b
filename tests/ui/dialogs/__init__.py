"""Dialogs, with real clicks and keys."""
