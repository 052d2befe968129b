"""The changes of a build (set latest, clear latest, delete): check again, record, send once, read, report."""
