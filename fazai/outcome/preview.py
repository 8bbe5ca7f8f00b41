"""What would change, per host and task, and who allowed it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from fazai.outcome._value import Stored, Value, now
from fazai.toolspec import Danger


class TaskStatus(StrEnum):
    """What a preview says of one task on one host.

    A task that check mode skipped is `unknown`, never `no change`; one whose condition excludes the host is `not applicable`.
    """

    PREDICTED_CHANGE = "predicted change"
    NO_CHANGE = "no change"
    UNKNOWN = "unknown"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


class Diff(Value):
    """A difference as Ansible reports it: texts before and after, with their headers, or a prepared text."""

    before: str = ""
    after: str = ""
    before_header: str = ""
    after_header: str = ""
    prepared: str = ""


class TaskPreview(Value):
    """One task on one host. `key` tells it apart: place in the rendered tree, and which time it stood there."""

    host: str
    key: str
    task: str
    role: str = ""
    handler: bool = False
    status: TaskStatus
    reason: str = ""
    after: tuple[str, ...] = Field(default=(), description="Titles of the tasks whose change it waits for")
    diffs: tuple[Diff, ...] = ()
    hidden: bool = Field(default=False, description="Its diff could show a secret, so there is none")


class Preview(Stored):
    """A check-mode run of one plan on named hosts."""

    plan_hash: str
    run_id: str
    at: datetime = Field(default_factory=now)
    hosts: tuple[str, ...]
    targets: Mapping[str, str] = Field(default_factory=dict, description="How each host was reached: `ssh 192.168.15.2:22`")
    tasks: tuple[TaskPreview, ...]
    unreachable: tuple[str, ...] = ()
    finished: bool = True

    def count(self, status: TaskStatus) -> int:
        """How many tasks, over all hosts, have this status."""
        return sum(task.status is status for task in self.tasks)

    @property
    def digest(self) -> str:
        """sha-256 of its JSON: an approval names the very preview that was seen."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()

    @property
    def failed(self) -> bool:
        """Whether it must not be applied: a task failed for a reason of its own, a host was unreachable, or it was cut off."""
        return bool(self.unreachable) or not self.finished or self.count(TaskStatus.FAILED) > 0

    @property
    def is_empty(self) -> bool:
        """Whether everything is already so."""
        return not self.failed and self.count(TaskStatus.PREDICTED_CHANGE) + self.count(TaskStatus.UNKNOWN) == 0


class Approval(Stored):
    """A person's, or a policy's, yes to one plan as one preview showed it."""

    plan_hash: str
    preview_digest: str
    approver: str
    how: str = Field(description="`terminal`, `--approve`, or the policy's name")
    words: tuple[Danger, ...] = Field(default=(), description="Dangers the person explicitly accepted")
    at: datetime = Field(default_factory=now)
    expires: datetime
