"""The commands, one a file.

Each module has `HELP` (what it does), `EXAMPLE` (lines that `--help` shows), `add_arguments(parser)`, and `run(args, view)`,
which returns the exit code. What is heavy is imported inside `run()`. The commands' names, with one line of help each, stand in
`fazai/cli/_commands.py`.
"""
