"""The journal: what was changed with this program, how it ended, and both in words and in files."""
