"""A button that opens a list to search by typing."""
