"""The commands by name, each with its line of help; the module of the same name under `commands/` has the rest.

A table of words, so that `fazai --help` need import nothing.
"""

from __future__ import annotations

COMMANDS = {
    "init": "Write a new project: settings, an example goal, an inventory",
    "plan": "Plan a goal: choose toolspecs, bind inputs, write the playbook",
    "preview": "Show what a plan would change, host by host; changes nothing",
    "apply": "Apply a previewed and approved plan",
    "verify": "Prove an applied plan and remember it",
    "run": "Plan, preview, approve, apply, verify and remember, in one go",
    "runs": "List, show and replay past runs",
    "kb": "List, search and show what was learned",
    "catalog": "List, search and show the toolspecs that FazAI can use",
    "lint": "Find every mistake in goals, toolspecs and settings",
    "schema": "Print the JSON Schema of a file format",
    "doctor": "Check this machine and this project",
    "completion": "Print the completion script of a shell",
}

# Words of the design that this version does not have: naming one says so, instead of guessing at a neighbour.
LATER = frozenset({"agent", "history", "models", "prove", "restore", "rollback"})
