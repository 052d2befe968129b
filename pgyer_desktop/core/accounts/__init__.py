"""The accounts of this person, what is remembered of them, and the guard rails that each has."""
