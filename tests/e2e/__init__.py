"""The whole program against the look-alike service over real sockets, driven through its widgets."""
