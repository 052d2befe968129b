"""Deleting many builds: which ones by rules, the plan as a file, the queue and its report."""
