"""What one can go to by a few letters, and in which order it is offered."""
