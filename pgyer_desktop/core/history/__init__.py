"""Every build that was seen of an app, on disk: kept, read to its end, searched and exported."""
