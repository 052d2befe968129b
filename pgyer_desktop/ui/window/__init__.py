"""The main window: puts all wings in their places. The only wing that knows them all."""
