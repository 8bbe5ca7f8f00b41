"""A mail server takes, or rejects, a message. Read from goals; it cannot be run yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import Line, Text, Whole


@CHECKS.register
class Smtp(Check):
    """What a server says to a message from one address to another."""

    kind: ClassVar[str] = "smtp"

    port: Whole = 25
    address: Line = "127.0.0.1"
    sender: Line = Field(alias="from")
    to: Line
    body: Text = Field(default="", description="A text, or one of the test words GTUBE and EICAR")
    expect: Literal["accepted", "rejected", "deferred"] = "accepted"

    def title(self) -> str:
        """Message is rejected on port 25."""
        return f"Message is {self.expect} on port {self.port}"

    def tasks(self) -> Sequence[Task]:
        """None yet: see `not_runnable()`."""
        return []

    def observation(self, result: Mapping[str, Any]) -> Any:  # noqa: ARG002 -- nothing was asked, so there is none
        """Nothing yet."""
        return None

    def not_runnable(self) -> str:
        """Nothing here can speak to a mail server."""
        return "It needs a module that speaks SMTP, which is not part of this version."
