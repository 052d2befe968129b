"""Handing a build over: the QR code and the message."""
