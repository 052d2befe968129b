"""Going to an app, a build, an action or a setting by a few letters."""
