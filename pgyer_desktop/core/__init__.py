"""What the product knows and does: accounts, apps, builds, writes and their outcomes. No Qt, no HTTP library.

One module per noun. Use cases are coroutines that take what they need and return values; sentences for people leave
here as `words.Text`, which the `ui` translates.
"""
