"""Text for people: coloured on a terminal, plain elsewhere.

Results go to standard output; troubles, questions and the moving line to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from fazai.cli._clean import one_line
from fazai.cli._words import counted
from fazai.cli.views._finding import lines_of
from fazai.cli.views._missing import pasteable
from fazai.cli.views._plan import plan_lines, risk_lines, some
from fazai.cli.views._preview import body, counts, head
from fazai.cli.views._screen import Screen, Span, dim, strong
from fazai.cli.views._toolspec import Language, inputs_of, said, toolspec_lines
from fazai.cli.views._view import Checkup, Detail
from fazai.diagnostic import Finding
from fazai.outcome import Approval, Entry, EntryStatus, Event, EventKind, Preview, Run, RunKind, RunState, Verification
from fazai.plan import Plan
from fazai.toolspec import ToolSpec

if TYPE_CHECKING:
    from fazai.flow import Planned

_TOLD = {
    EventKind.HOST_CHANGED: ("changed", "yellow"),
    EventKind.HOST_FAILED: ("failed", "bold red"),
    EventKind.HOST_UNREACHABLE: ("unreachable", "bold red"),
}
_DOING = {RunKind.PREVIEW: "Previewing", RunKind.APPLY: "Applying", RunKind.VERIFY: "Verifying"}
_STATES = {
    RunState.RUNNING: ("running", "cyan"),
    RunState.DONE: ("done", "green"),
    RunState.FAILED: ("failed", "bold red"),
    RunState.INTERRUPTED: ("interrupted", "yellow"),
    RunState.UNKNOWN: ("unknown", "bold magenta"),
}
_CHECKUPS = {"ok": "green", "warning": "yellow", "error": "bold red"}


class HumanView:
    """Onto two screens: `out` for results, `err` for the rest."""

    def __init__(self, out: Screen, err: Screen, *, quiet: bool = False) -> None:
        self._out, self._err, self._quiet = out, err, quiet
        self._run: Run | None = None
        self._again = False
        self._language: Language = "en"

    @classmethod
    def on_terminal(cls, *, no_color: bool, quiet: bool) -> HumanView:
        """Onto standard output and standard error."""
        return cls(Screen.on(sys.stdout, no_color=no_color), Screen.on(sys.stderr, no_color=no_color), quiet=quiet)

    def speak(self, language: Language) -> None:
        self._language = language

    def planned(self, planned: Planned) -> None:
        self._out.lines([head(planned.plan, len(planned.hosts)), *plan_lines(planned, self._language)])
        for finding in planned.findings:
            self.finding(finding)

    def preview(self, plan: Plan, preview: Preview, detail: Detail) -> None:
        self._err.still()
        self._out.lines([head(plan, len(preview.hosts)), *body(preview, detail)])

    def stakes(self, plan: Plan, preview: Preview) -> None:
        self._err.line()
        self._err.line(*head(plan, len(preview.hosts)), "  ", dim(counts(preview.tasks)))
        self._err.line("  ", dim("hosts  "), some(preview.hosts))
        self._err.lines(risk_lines(plan))

    def approval(self, approval: Approval) -> None:
        words = f", accepting {', '.join(approval.words)}" if approval.words else ""
        self._out.line(f"Approved by {approval.approver}{words} until {_moment(approval.expires)}.")

    def begin(self, run: Run, *, again: bool = False) -> None:
        known = self._run is not None and self._run.id == run.id
        self._run, self._again = run, again
        if not known and not self._quiet and (again or run.kind is not RunKind.PREVIEW):
            hosts = one_line(", ".join(run.limit))
            self._out.line(_DOING[run.kind], " ", strong(run.goal), " on ", hosts, dim(f"  run {run.id}"))

    def event(self, event: Event) -> None:
        if event.kind is EventKind.RUN_FINISHED:
            self._err.still()
        elif event.kind in {EventKind.TASK_STARTED, EventKind.RUN_STARTED} and not self._quiet:
            doing = _DOING[self._run.kind] if self._run else "Running"
            self._err.move(f"{doing}: {event.task or 'starting Ansible'}")
        elif event.kind in _TOLD and self._is_worth_a_line(event):
            word, style = _TOLD[event.kind]
            if event.kind is EventKind.HOST_CHANGED and self._previews():
                word = "predicted"
            why = "" if event.kind is EventKind.HOST_CHANGED else str(event.result.get("msg") or event.text)
            reason = dim(f"  {one_line(why)}") if why else ""
            host, task = one_line(event.host or ""), one_line(event.task or "")
            self._out.line("  ", strong(host), "  ", Span(f"{word:<11}", style), task, reason)

    def _is_worth_a_line(self, event: Event) -> bool:
        """In a preview that goes on now the whole table follows, so nothing; else what changed or failed."""
        if event.ignored or (self._previews() and not self._again):
            return False
        return not (self._quiet and event.kind is EventKind.HOST_CHANGED)

    def _previews(self) -> bool:
        return self._run is not None and self._run.kind is RunKind.PREVIEW

    def run(self, run: Run) -> None:
        self._err.still()
        word, style = _STATES[run.state]
        self._out.line("Run ", strong(run.id), f"  {run.kind}  ", Span(word, style))
        facts = {
            "goal": run.goal,
            "plan": run.plan_hash[:12],
            "hosts": ", ".join(run.limit),
            "by": run.who + (f", approved by {run.approver}" if run.approver else ""),
            "started": _moment(run.started),
            "ended": _moment(run.ended) if run.ended else "",
            "versions": ", ".join(f"{name} {version}" for name, version in run.versions.items()),
            "command": " ".join(run.argv),
        }
        begun = self._run is not None and self._run.id == run.id  # then its head stood above already
        self._run, self._again = run, True
        for name, text in facts.items():
            if text and not begun:
                self._out.line("  ", dim(f"{name:<9}"), one_line(text))
        for host, result in run.hosts.items():
            counts = "  ".join(f"{name}={number}" for name, number in result.model_dump().items() if number)
            self._out.line("  ", strong(one_line(host)), "  ", counts or "nothing done")
        if run.state is RunState.UNKNOWN:
            self._out.line("  ", Span(_UNKNOWN, "magenta"))

    def runs(self, runs: Sequence[Run]) -> None:
        for run in runs:
            word, style = _STATES[run.state]
            hosts = counted(len(run.limit), "host")
            self._out.line(run.id, f"  {run.kind:<8}", Span(f"{word:<12}", style), f"{run.plan_hash[:12]}  {hosts:<9}", run.goal)
        if any(run.state is RunState.UNKNOWN for run in runs):
            self._out.line(dim(_UNKNOWN))

    def verification(self, verification: Verification) -> None:
        self._err.still()
        level = verification.level.value
        self._out.line("Verified to the level ", strong(level), f" on {counted(len(verification.hosts), 'host')}")
        for item in verification.evidence:
            mark = Span("holds ", "green") if item.holds else Span("fails ", "bold red")
            self._out.line("  ", mark, f" {item.level.value:<11}", one_line(item.text))
        for check in verification.checks:
            if not check.holds:
                detail = dim(f"  {one_line(check.detail)}") if check.detail else ""
                self._out.line("  ", strong(one_line(check.host)), f"  {check.group}: ", one_line(check.title), detail)
        for finding in verification.findings:
            self.finding(finding)

    def entry(self, entry: Entry) -> None:
        self._out.line(*_entry_line(entry))
        facts = {
            "goal": entry.goal_text,
            "concepts": ", ".join(entry.concepts),
            "given": ", ".join(entry.given),
            "level": entry.level.value,
            "hosts": ", ".join(entry.hosts),
            "run": entry.run_id,
            "at": _moment(entry.at),
            "versions": ", ".join(f"{name} {version}" for name, version in entry.versions.items()),
            "failed": entry.why_failed,
        }
        for name, text in facts.items():
            if text:
                self._out.line("  ", dim(f"{name:<9}"), one_line(text))
        for use in entry.uses:
            self._out.line("  ", dim(f"{'uses':<9}"), strong(use.toolspec.name), f"  {said(use.toolspec.title, self._language)}")
            self._out.lines([("    ", *line) for line in inputs_of(use)])

    def entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._out.line(*_entry_line(entry))

    def toolspec(self, toolspec: ToolSpec) -> None:
        self._out.lines(toolspec_lines(toolspec, self._language))

    def toolspecs(self, toolspecs: Sequence[ToolSpec]) -> None:
        width = max((len(spec.name) for spec in toolspecs), default=0) + 2
        for spec in toolspecs:
            self._out.line(strong(f"{spec.name:<{width}}"), one_line(said(spec.title, self._language)))

    def schema(self, name: str, schema: Mapping[str, Any]) -> None:  # noqa: ARG002 -- it says its own title
        self.script(json.dumps(schema, indent=2))

    def file(self, path: str, state: Literal["written", "kept", "valid"]) -> None:
        style = {"written": "green", "kept": "yellow", "valid": "green"}[state]
        self._out.line(Span(f"{state:<8}", style), one_line(path))

    def checkup(self, checkup: Checkup) -> None:
        self._out.line(Span(f"{checkup.state:<8}", _CHECKUPS[checkup.state]), f"{checkup.name:<20}", one_line(checkup.text))
        if checkup.remedy and checkup.state != "ok":
            self._out.lines([(" " * 28, dim(line)) for line in checkup.remedy.splitlines()])

    def note(self, text: str) -> None:
        self._err.still()
        if not self._quiet:
            self._out.line(text)

    def script(self, text: str) -> None:
        self._out.line(text.rstrip("\n"))

    def finding(self, finding: Finding) -> None:
        self._err.still()
        self._out.lines(lines_of(finding))

    def trouble(self, finding: Finding) -> None:
        self._err.still()
        self._err.lines(lines_of(finding))

    def missing(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self.trouble(finding)
        self._err.line()
        self._err.line("Add to the goal:")
        self._err.lines([("  ", line) for line in pasteable(findings).splitlines()])

    def end(self, exit_code: int) -> None:  # noqa: ARG002 -- the shell shows it
        self._err.still()


_UNKNOWN = (
    "unknown: the run was cut off, so nobody can say what it did last. "
    "`fazai preview` of its plan shows how things stand, and settles it."
)


def _entry_line(entry: Entry) -> tuple[Span | str, ...]:
    style = "green" if entry.status is EntryStatus.VERIFIED else "red"
    return (strong(one_line(entry.id)), "  ", Span(f"{entry.status.value:<9}", style), one_line(entry.title))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
