"""Windows' Python on a Debian machine, under Wine, for running the program, its tests and its installer."""
