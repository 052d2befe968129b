"""The plan of a clean-up, and many deletes with their question, queue and report."""
