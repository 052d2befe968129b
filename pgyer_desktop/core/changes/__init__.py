"""Set latest, clear latest, delete: looked at again, written down, sent once, read afterwards, told."""
