"""Labels: words that wrap, shorten or can be selected."""
