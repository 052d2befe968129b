"""Checking what a device is offered: once, or saved and asked again."""
