"""What every other wing of `core` uses: sentences as data, names, files that are written whole, the keyring."""
