"""The plan of a clean-up: its rules, what they delete and keep, and how it is saved and agreed on."""
