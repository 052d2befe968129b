"""What people see: the main window, its panels and dialogs, and the models behind them.

Asks `core` for what it shows and hands on what people want. Never speaks HTTP or to the keyring, and decides nothing
about builds by itself. Tasks are started in `tasks` only.
"""
