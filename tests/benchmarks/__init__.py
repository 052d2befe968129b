"""Figures beside a floor from the same run. Nothing here asserts a time; run a module by itself."""
