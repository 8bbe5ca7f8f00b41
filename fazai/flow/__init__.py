"""The story: where the rooms meet.

    plan -> preview -> approve -> apply -> verify -> commit

`pursue.py` is the whole line in one place; each step has a file of its own. `dispatch.py` is the only place that lets anything be
changed. Doors call these functions with a `World` and show what they `tell`.
"""

from fazai.flow.apply import Applied, apply
from fazai.flow.approve import approve
from fazai.flow.commit import commit
from fazai.flow.find import find_plan, read_goal
from fazai.flow.plan import Planned, make_plan
from fazai.flow.preview import make_preview
from fazai.flow.pursue import pursue
from fazai.flow.verify import verify
from fazai.flow.world import World

__all__ = [
    "Applied",
    "Planned",
    "World",
    "apply",
    "approve",
    "commit",
    "find_plan",
    "make_plan",
    "make_preview",
    "pursue",
    "read_goal",
    "verify",
]
