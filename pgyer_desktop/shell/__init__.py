"""One run of the program: puts the parts together, keeps connections, logs, crashes and the one instance.

The only wing that starts the sandbox. Must not draw anything.
"""
