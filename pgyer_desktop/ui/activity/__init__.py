"""The Activity view: what was changed with this program, and how it ended."""
