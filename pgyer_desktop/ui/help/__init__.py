"""What helps who uses the program: keys, the log, a report of a problem, which program this is."""
