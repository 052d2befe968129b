"""The questions before a change, and what is done and told after the answer."""
