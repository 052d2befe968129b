"""Small widgets that know Qt and nothing of the product: no accounts, apps or builds.

One file per noun; a widget shows what it is told and says by signal what a person asked for.
"""
