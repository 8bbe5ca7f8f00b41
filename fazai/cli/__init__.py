"""The command line: one command a file under `commands/`, and `views/` that print for people or as JSON lines.

No logic lives here: a command reads its arguments, calls `fazai.flow` or a room, and hands values to a `View`. Nothing below
this package prints. Start-up is kept light: `main()` knows the commands as a table of words (`_commands.py`) and imports a
command's module only when that command is named; heavy libraries are imported inside its `run()`.
"""

from fazai.cli._main import main

__all__ = ["main"]
