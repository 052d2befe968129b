"""What keys do in every window: Enter, the menu key, the keys of editors, and the order of the Tab key."""
