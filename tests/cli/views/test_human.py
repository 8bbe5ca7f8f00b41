"""What people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazai.cli.views import Checkup, Detail
from fazai.diagnostic import Finding, Severity, Where
from fazai.flow import Planned
from fazai.outcome import Diff, EventKind, Preview, RunKind, RunState, TaskStatus
from fazai.render import render
from tests.cli.values import (
    APPROVAL,
    AT,
    DANGEROUS,
    ENTRY,
    EVENTS,
    PLAN,
    PREVIEW,
    RUN,
    SITE,
    SSHD,
    VERIFICATION,
    Written,
    task,
)

GOLDEN = Path(__file__).parent / "golden"
REMARK = Finding(severity=Severity.WARNING, summary="A file was edited by hand and is kept", where=Where(file="roles/x.yml"))


def planned() -> Planned:
    files = (Path("playbooks/nginx-site.yml"), Path("roles/static_site/tasks/main.yml"), Path("roles/static_site/meta/main.yml"))
    return Planned(PLAN, render(PLAN), ("web1", "web2"), (REMARK,), files)


def shown(name: str) -> str:
    written = Written()
    view = written.view
    match name:
        case "plan":
            view.planned(planned())
        case "preview":
            view.preview(PLAN, PREVIEW, Detail())
        case "preview-full":
            view.preview(PLAN, PREVIEW, Detail(full=True))
        case "preview-no-diff":
            view.preview(PLAN, PREVIEW, Detail(diff=False))
        case "stakes":
            view.stakes(DANGEROUS, PREVIEW)
        case "live":
            view.begin(RUN)
            for event in EVENTS:
                view.event(event)
            view.run(RUN)
        case "runs":
            view.runs([RUN, RUN.model_copy(update={"state": RunState.UNKNOWN})])
        case "verification":
            view.verification(VERIFICATION)
        case "entry":
            view.entry(ENTRY)
            view.entries([ENTRY])
        case "toolspec":
            view.toolspec(SITE)
            view.toolspecs([SITE, SSHD])
        case "rest":
            view.approval(APPROVAL)
            view.file("fazai.yml", "kept")
            view.checkup(Checkup(name="ssh", state="warning", text="no ssh client", remedy="Install it."))
            view.note("Next: fazai plan")
            view.missing(
                [Finding(summary="A value is missing", detail="A host.", where=Where(field="relayhost"), remedy="Give it.")]
            )
        case _:
            raise AssertionError(name)
    return written.out + ("-- standard error --\n" + written.err if written.err else "")


NAMES = [
    "plan", "preview", "preview-full", "preview-no-diff", "stakes", "live", "runs", "verification", "entry", "toolspec", "rest",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_as_the_golden_file(name: str) -> None:
    assert shown(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def preview(*tasks: object, **fields: object) -> str:
    written = Written()
    value = {"plan_hash": PLAN.hash, "run_id": "r", "at": AT, "hosts": ("web1",), "tasks": tasks, **fields}
    written.view.preview(PLAN, Preview.model_validate(value), Detail())
    return written.out


def test_a_secret_diff_is_not_shown_even_if_it_is_there() -> None:
    diffs = (Diff(after="hunter2\n"),)
    text = preview(task("Write it", TaskStatus.PREDICTED_CHANGE, hidden=True, diffs=diffs))
    assert "(secret: not shown)" in text
    assert "hunter2" not in text


def test_an_unreachable_host_is_named() -> None:
    assert "web1  unreachable" in preview(unreachable=("web1",))


def test_a_preview_that_was_cut_off_says_so() -> None:
    assert "did not come to its end" in preview(task("Install", TaskStatus.NO_CHANGE), finished=False)


def test_everything_being_so_already_is_said() -> None:
    assert "everything is so already" in preview(task("Install", TaskStatus.NO_CHANGE))


def test_a_long_diff_is_cut_and_says_how_to_see_it() -> None:
    text = preview(task("Write", TaskStatus.PREDICTED_CHANGE, diffs=(Diff(after="".join(f"line {i}\n" for i in range(99))),)))
    assert "… 86 more lines: --full shows them" in text
    assert "+line 50" not in text


@pytest.mark.parametrize("where", ["host", "task", "reason", "after", "diff", "name of a file"])
def test_nothing_from_a_host_or_goal_steers_the_terminal(where: str) -> None:
    evil = "\x1b[2J\x9b31m\u202e[red]x"
    fields: dict[str, object] = {
        "host": {"host": evil},
        "task": {"task": evil},
        "reason": {"status": TaskStatus.FAILED, "reason": evil},
        "after": {"status": TaskStatus.UNKNOWN, "after": (evil,)},
        "diff": {"diffs": (Diff(after=f"{evil}\n{evil}\n"),)},
        "name of a file": {"diffs": (Diff(after=f"{evil}\n{evil}\n", before_header=evil, after_header=evil),)},
    }[where]  # type: ignore[assignment]
    text = preview(task("Install", TaskStatus.PREDICTED_CHANGE).model_copy(update=fields))
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)
    assert r"\x1b[2J\x9b31m\u202e[red]x" in text


def test_a_preview_run_prints_no_line_for_each_task() -> None:
    written = Written()
    written.view.begin(RUN.model_copy(update={"kind": RunKind.PREVIEW}))
    for event in EVENTS:
        written.view.event(event)
    assert written.out == ""


def test_a_preview_that_is_shown_again_says_what_it_predicted() -> None:
    written = Written()
    written.view.begin(RUN.model_copy(update={"kind": RunKind.PREVIEW}), again=True)
    written.view.event(EVENTS[2])
    assert "web1  predicted  Install nginx" in written.out
    assert "changed" not in written.out


def test_titles_and_help_are_in_the_language_of_the_project() -> None:
    written = Written()
    written.view.speak("pt")
    written.view.toolspec(SITE)
    written.view.toolspecs([SITE, SSHD])
    assert written.out.count("Página estática com nginx") == 3
    assert "Texto da página" in written.out
    assert "Harden sshd" in written.out  # it has no Portuguese


def test_quiet_leaves_out_changes_and_keeps_failures() -> None:
    written = Written(quiet=True)
    written.view.begin(RUN)
    for event in EVENTS:
        written.view.event(event)
    assert written.out.split() == ["web2", "failed", "Start", "nginx", "no", "such", "unit"]


def test_a_failure_that_the_play_ignores_is_not_shown() -> None:
    written = Written()
    written.view.event(EVENTS[3].model_copy(update={"ignored": True, "kind": EventKind.HOST_FAILED}))
    assert written.out == ""
