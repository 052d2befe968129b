"""Tests of what the packages for Windows, macOS and Linux are made with, as far as any system can check it."""
