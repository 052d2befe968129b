"""Speaks Pgyer's HTTP API and knows every quirk of it.

Nothing here knows Qt, the keyring, settings or the people in front of the window. What leaves this package is a value
from `models` or one of `errors`; what the service really sent never does.
"""
