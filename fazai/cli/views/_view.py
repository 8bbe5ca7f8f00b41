"""What every view can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from fazai.diagnostic import Finding
    from fazai.flow import Planned
    from fazai.outcome import Approval, Entry, Event, Preview, Run, Verification
    from fazai.plan import Plan
    from fazai.toolspec import ToolSpec


@dataclass(frozen=True)
class Detail:
    """How much of a preview a person wants to see."""

    diff: bool = True
    full: bool = False


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """One thing that `doctor` looked at."""

    name: str
    state: Literal["ok", "warning", "error"]
    text: str
    remedy: str = ""


class View(Protocol):
    """Shows values. Nothing is returned and nothing is decided here."""

    def speak(self, language: Literal["en", "pt"]) -> None:
        """Titles and help of toolspecs shall be in this language, where they are."""

    def planned(self, planned: Planned) -> None:
        """A plan that was just made, with its hosts, the files that were written, and remarks."""

    def preview(self, plan: Plan, preview: Preview, detail: Detail) -> None:
        """What a plan would change."""

    def stakes(self, plan: Plan, preview: Preview) -> None:
        """What a person must know before they say yes: hosts, risk and its reasons, dangers, secrets, checks that will be run."""

    def approval(self, approval: Approval) -> None:
        """A yes that was kept."""

    def begin(self, run: Run, *, again: bool = False) -> None:
        """A run begins; its events follow. `again`: it is shown anew, from what was stored."""

    def event(self, event: Event) -> None:
        """Something happened in the run that began."""

    def run(self, run: Run) -> None:
        """A run as it stands."""

    def runs(self, runs: Sequence[Run]) -> None:
        """Many of them, the newest last."""

    def verification(self, verification: Verification) -> None:
        """How far a plan is proved."""

    def entry(self, entry: Entry) -> None:
        """Something learned, whole."""

    def entries(self, entries: Sequence[Entry]) -> None:
        """Many of them, in the order found."""

    def toolspec(self, toolspec: ToolSpec) -> None:
        """A capability, whole."""

    def toolspecs(self, toolspecs: Sequence[ToolSpec]) -> None:
        """Many of them."""

    def schema(self, name: str, schema: Mapping[str, Any]) -> None:
        """The JSON Schema of a file format."""

    def file(self, path: str, state: Literal["written", "kept", "valid"]) -> None:
        """A file, and what became of it."""

    def checkup(self, checkup: Checkup) -> None:
        """One line of `doctor`."""

    def note(self, text: str) -> None:
        """A sentence to the person: what to do next, or why there is nothing to show."""

    def script(self, text: str) -> None:
        """A program text, shown as it is."""

    def finding(self, finding: Finding) -> None:
        """A remark that is part of the result."""

    def trouble(self, finding: Finding) -> None:
        """Why the command does not go on."""

    def missing(self, findings: Sequence[Finding]) -> None:
        """Inputs that only a person can give, in a form that can be pasted into the goal."""

    def end(self, exit_code: int) -> None:
        """Nothing more will be shown."""
