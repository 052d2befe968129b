"""Many deletes in one queue: its bar in the window's foot, the list of jobs, and what became of each build."""
