"""All builds of an app that the program has seen: stored on disk, loaded completely, searched and exported."""
