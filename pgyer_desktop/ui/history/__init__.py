"""All builds of an app in one list: found, grouped, exported."""
