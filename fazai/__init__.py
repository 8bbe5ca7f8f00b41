"""FazAI: from a goal in plain words to a verified, reversible Ansible playbook.

The library is the names below; each is loaded when it is first asked for, since the command line must start at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazai.flow import World, make_plan, make_preview
    from fazai.flow.pursue import pursue
    from fazai.goal import Goal
    from fazai.plan import Plan
    from fazai.toolspec import ToolSpec

__version__ = "0.1.0"
__all__ = ["Goal", "Plan", "ToolSpec", "World", "make_plan", "make_preview", "pursue"]

_HOMES = {
    "Goal": "fazai.goal",
    "Plan": "fazai.plan",
    "ToolSpec": "fazai.toolspec",
    "World": "fazai.flow",
    "make_plan": "fazai.flow",
    "make_preview": "fazai.flow",
    "pursue": "fazai.flow",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'fazai' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
