"""One JSON object a line, each with a `type` from a closed list (docs/reference/json.md).

Stored values appear as they are stored. The last line is always `end`. ASCII only, so that no encoding can spoil it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO

from pydantic import BaseModel

from fazai.cli.views._view import Checkup, Detail
from fazai.diagnostic import Finding
from fazai.outcome import Approval, Entry, Event, Preview, Run, Verification
from fazai.plan import Plan
from fazai.toolspec import ToolSpec

if TYPE_CHECKING:
    from fazai.flow import Planned

# type -> what it is; the reference page is made from this.
TYPES: Final[Mapping[str, str]] = {
    "plan": "A plan: `hash`, `goal`, `hosts`, `risk`, `reasons`, `dangers`, `secrets`, `uses`, `files`",
    "preview": "What a plan would change, per host and task",
    "approval": "Who allowed which plan, until when",
    "run": "A run as it stands; also printed when one begins, before its events",
    "event": "One thing that happened in a run, numbered by `seq`",
    "verification": "How far a plan is proved, with `level` and its evidence",
    "entry": "Something learned",
    "toolspec": "A capability",
    "schema": "A JSON Schema: `name` and `schema`",
    "file": "A file: `path`, and `state`: `written`, `kept` or `valid`",
    "checkup": "One thing that `doctor` looked at: `name`, `state`, `text`, `remedy`",
    "note": "A sentence to the person: `text`",
    "script": "A program text: `text`",
    "finding": "A fault or a remark: `severity`, `summary`, `detail`, `where`, `remedy`",
    "missing_input": "An input that only a person can give: `name`, `help`",
    "end": "The last line: `exit_code`",
}


class JsonView:
    """Writes to a stream, one object a line, each at once."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._run_id = ""

    def speak(self, language: Literal["en", "pt"]) -> None:
        """A program gets both languages."""

    def planned(self, planned: Planned) -> None:
        for finding in planned.findings:
            self.finding(finding)
        self._write("plan", {**plan_data(planned.plan), "hosts": planned.hosts, "files": [str(path) for path in planned.files]})

    def preview(self, plan: Plan, preview: Preview, detail: Detail) -> None:  # noqa: ARG002 -- a program gets all of it
        self._write("preview", _dumped(preview))

    def stakes(self, plan: Plan, preview: Preview) -> None:
        self._write("plan", {**plan_data(plan), "hosts": preview.hosts, "files": []})

    def approval(self, approval: Approval) -> None:
        self._write("approval", _dumped(approval))

    def begin(self, run: Run, *, again: bool = False) -> None:  # noqa: ARG002 -- the same line
        self._run_id = run.id
        self._write("run", _dumped(run))

    def event(self, event: Event) -> None:
        self._write("event", {"run": self._run_id, **_dumped(event)})

    def run(self, run: Run) -> None:
        self._write("run", _dumped(run))

    def runs(self, runs: Sequence[Run]) -> None:
        for run in runs:
            self.run(run)

    def verification(self, verification: Verification) -> None:
        self._write("verification", {**_dumped(verification), "level": verification.level.value})

    def entry(self, entry: Entry) -> None:
        self._write("entry", _dumped(entry))

    def entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self.entry(entry)

    def toolspec(self, toolspec: ToolSpec) -> None:
        self._write("toolspec", toolspec.model_dump(mode="json", by_alias=True, exclude_defaults=True))

    def toolspecs(self, toolspecs: Sequence[ToolSpec]) -> None:
        for toolspec in toolspecs:
            self.toolspec(toolspec)

    def schema(self, name: str, schema: Mapping[str, Any]) -> None:
        self._write("schema", {"name": name, "schema": schema})

    def file(self, path: str, state: Literal["written", "kept", "valid"]) -> None:
        self._write("file", {"path": path, "state": state})

    def checkup(self, checkup: Checkup) -> None:
        self._write("checkup", vars(checkup))

    def note(self, text: str) -> None:
        self._write("note", {"text": text})

    def script(self, text: str) -> None:
        self._write("script", {"text": text})

    def finding(self, finding: Finding) -> None:
        self._write("finding", finding.model_dump(mode="json", exclude_none=True))

    def trouble(self, finding: Finding) -> None:
        self.finding(finding)

    def missing(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self.finding(finding)
            if finding.where is not None and finding.where.field is not None:
                self._write("missing_input", {"name": finding.where.field, "help": finding.detail})

    def end(self, exit_code: int) -> None:
        self._write("end", {"exit_code": int(exit_code)})

    def _write(self, kind: str, fields: Mapping[str, Any]) -> None:
        # json.dumps leaves DEL as it is; a terminal may not.
        text = json.dumps({"type": kind, **fields}).replace("\x7f", "\\u007f")
        print(text, file=self._stream, flush=True)


def plan_data(plan: Plan) -> dict[str, Any]:
    """What a program wants to know of a plan: its own data is in the project under its hash."""
    from fazai.policy import dangers, reasons  # noqa: PLC0415

    return {
        "hash": plan.hash,
        "goal": plan.goal.name,
        "risk": plan.risk_level().name.lower(),
        "reasons": [risk.reason for risk in reasons(plan)],
        "dangers": [danger.value for danger in dangers(plan)],
        "secrets": list(plan.secrets()),
        "uses": [
            {
                "toolspec": use.toolspec.name,
                "title": use.toolspec.title.model_dump(),
                "inputs": dict(use.inputs),
                "inputs_from": dict(use.inputs_from),
                "source": use.origin.source.value,
                "from": use.origin.name,
                "why": use.origin.why,
            }
            for use in plan.uses
        ],
    }


def _dumped(value: BaseModel) -> dict[str, Any]:
    data: dict[str, Any] = value.model_dump(mode="json", by_alias=True)
    return data
