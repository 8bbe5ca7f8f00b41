"""What a planner says, one JSON object a line: plan, ask, research, shell, toolspec, use_tool, observe, commit_kb, done.

`parse_line()` validates one line; a bad one raises `InvalidFile` in the validator's own words. Nothing here acts.
"""

from fazai.action.action import (
    Action,
    Ask,
    CommitKb,
    DefineToolSpec,
    Done,
    Observe,
    PlanSteps,
    Research,
    Shell,
    UseTool,
    action_schema,
    parse_line,
)

__all__ = [
    "Action",
    "Ask",
    "CommitKb",
    "DefineToolSpec",
    "Done",
    "Observe",
    "PlanSteps",
    "Research",
    "Shell",
    "UseTool",
    "action_schema",
    "parse_line",
]
