"""What every other wing of `ui` uses: colours, languages, tasks, resources, and how values are written."""
