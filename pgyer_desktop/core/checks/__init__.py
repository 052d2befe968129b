"""Update checks: the saved questions of an app and what they were answered."""
