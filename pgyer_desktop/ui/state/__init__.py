"""What the window is about right now. Holds no widget and paints nothing."""
