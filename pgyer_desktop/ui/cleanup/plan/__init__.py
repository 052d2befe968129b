"""Parts of the clean-up's dialog: the rules and their policies, and the plan that shows."""
