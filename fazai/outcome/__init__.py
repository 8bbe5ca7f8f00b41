"""What happened, or would happen: events, previews, approvals, runs, verifications, entries. Values only.

Everything here is stored as JSON with a `schema` field and read back by the same model.
"""

from fazai.outcome.entry import Entry, EntryStatus
from fazai.outcome.event import Event, EventKind
from fazai.outcome.preview import Approval, Diff, Preview, TaskPreview, TaskStatus
from fazai.outcome.run import HostResult, Run, RunKind, RunState
from fazai.outcome.verification import CheckResult, Evidence, Level, Verification

__all__ = [
    "Approval",
    "CheckResult",
    "Diff",
    "Entry",
    "EntryStatus",
    "Event",
    "EventKind",
    "Evidence",
    "HostResult",
    "Level",
    "Preview",
    "Run",
    "RunKind",
    "RunState",
    "TaskPreview",
    "TaskStatus",
    "Verification",
]
