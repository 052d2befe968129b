"""Parts of dialogs.

Each dialog asks one question or shows one thing, is told what to show, and says by signals what a person wants. None of
them calls the service: it stays open, busy, until its owner tells it how the request ended.
"""
