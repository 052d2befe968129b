"""Dialogs. Each asks one question or shows one thing, is told what to show, and says what a person wants by signals.

None of them calls the service: a dialog stays open, busy, until its owner tells it how the request ended.
"""
