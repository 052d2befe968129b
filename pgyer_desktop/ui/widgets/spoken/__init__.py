"""What a screen reader is told: of its own accord as things happen, and of each widget that it asks about."""
