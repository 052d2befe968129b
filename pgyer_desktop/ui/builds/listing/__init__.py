"""Builds in rows that look as the table's: in questions, in the plan of a clean-up, in reports.

Make a `view.BuildList` with the columns of `rows.Column` that are wanted. Give its `set_rows` a `rows.ListedBuild` for
each build, again whenever something has changed; what the person checks comes as its `check_requested`.
"""
