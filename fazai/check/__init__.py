"""Judges: what a check-mode run means, whether apply kept to it, whether a plan keeps to its goal's limits.

Verdicts are pure: events and a little knowledge of the tasks (`JudgedTask`) go in, a `Preview`, findings or check results come
out. Only `missing_collections` looks at files. This room knows neither how plays are rendered nor how they are run; `flow`
brings what it needs. Start reading in `task.py`, then `preview.py`; the rules of a verdict stand in `_verdict.py`.
"""

from fazai.check.acceptance import JudgedCheck, check_results, unrunnable_checks
from fazai.check.collections import collection_paths, missing_collections
from fazai.check.deviations import deviations
from fazai.check.limits import limits
from fazai.check.preview import judge, preview_of
from fazai.check.settling import settles
from fazai.check.task import JudgedTask

__all__ = [
    "JudgedCheck",
    "JudgedTask",
    "check_results",
    "collection_paths",
    "deviations",
    "judge",
    "limits",
    "missing_collections",
    "preview_of",
    "settles",
    "unrunnable_checks",
]
