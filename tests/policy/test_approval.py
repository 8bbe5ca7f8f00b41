"""An approval is good for one plan, as one preview showed it, for a time; dangers need the person's word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fazai.document import build, parse
from fazai.goal import Goal
from fazai.outcome import Approval, Preview, TaskPreview, TaskStatus
from fazai.plan import Origin, Plan, Source, Use
from fazai.policy import approve_by_policy, dangers, refusals
from fazai.toolspec import Danger, ToolSpec

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GOAL = build(Goal, parse("{name: page, goal: a page, hosts: web}", "goal"))


def plan_of(step: str) -> Plan:
    spec = build(ToolSpec, parse("{name: x, title: {en: X}, steps: [" + step + "]}", "spec"))
    return Plan(goal=GOAL, uses=(Use(toolspec=spec, inputs={}, origin=Origin(source=Source.CATALOG, name="x")),))


HARMLESS = plan_of('{file: {path: /srv/a, content: x, mode: "0644"}}')
LOSSY = plan_of("{file: {path: /srv/data, state: absent}}")
LOCKING = plan_of('{file: {path: /etc/ssh/sshd_config, content: x, mode: "0600"}}')


def preview_of(plan: Plan, status: TaskStatus = TaskStatus.PREDICTED_CHANGE) -> Preview:
    task = TaskPreview(host="web1", key="a", task="A", status=status)
    return Preview(plan_hash=plan.hash, run_id="r", at=NOW, hosts=("web1",), tasks=(task,))


def approval_of(plan: Plan, preview: Preview, *words: Danger) -> Approval:
    return Approval(
        plan_hash=plan.hash,
        preview_digest=preview.digest,
        approver="ana",
        how="terminal",
        words=words,
        at=NOW,
        expires=NOW + timedelta(hours=1),
    )


def summaries(plan: Plan, preview: Preview | None, approval: Approval | None, at: datetime = NOW) -> set[str]:
    return {finding.summary for finding in refusals(plan, preview, approval, at)}


def test_an_approved_preview_is_allowed() -> None:
    preview = preview_of(HARMLESS)
    assert summaries(HARMLESS, preview, approval_of(HARMLESS, preview)) == set()


def test_nothing_runs_without_a_preview() -> None:
    assert summaries(HARMLESS, None, None) == {"Not previewed"}
    assert summaries(HARMLESS, preview_of(LOSSY), None) == {"Not previewed"}


def test_nothing_runs_without_an_approval() -> None:
    assert summaries(HARMLESS, preview_of(HARMLESS), None) == {"Not approved"}


def test_an_approval_of_another_preview_is_not_good() -> None:
    seen, now = preview_of(HARMLESS), preview_of(HARMLESS, TaskStatus.NO_CHANGE)
    assert summaries(HARMLESS, now, approval_of(HARMLESS, seen)) == {"The approval is for something else"}


def test_an_approval_of_another_plan_is_not_good() -> None:
    preview = preview_of(HARMLESS)
    assert "The approval is for something else" in summaries(HARMLESS, preview, approval_of(LOSSY, preview))


def test_an_approval_expires() -> None:
    preview = preview_of(HARMLESS)
    found = summaries(HARMLESS, preview, approval_of(HARMLESS, preview), NOW + timedelta(hours=2))
    assert found == {"The approval has expired"}


def test_a_failed_preview_is_not_applied_even_if_approved() -> None:
    preview = preview_of(HARMLESS, TaskStatus.FAILED)
    assert summaries(HARMLESS, preview, approval_of(HARMLESS, preview)) == {"The preview failed"}


@pytest.mark.parametrize(("plan", "danger"), [(LOSSY, Danger.DATA_LOSS), (LOCKING, Danger.LOCK_OUT)])
def test_a_danger_needs_its_own_word(plan: Plan, danger: Danger) -> None:
    preview = preview_of(plan)
    (other,) = set(Danger) - {danger}
    assert dangers(plan) == (danger,)
    assert summaries(plan, preview, approval_of(plan, preview)) == {"Needs a person's explicit word"}
    assert summaries(plan, preview, approval_of(plan, preview, other)) == {"Needs a person's explicit word"}
    assert summaries(plan, preview, approval_of(plan, preview, danger)) == set()


@pytest.mark.parametrize("auto_approve", ["never", "low", "medium"])
def test_no_policy_approves_a_danger(auto_approve: str) -> None:
    for plan in (LOSSY, LOCKING):
        assert approve_by_policy(plan, preview_of(plan), auto_approve, 24, NOW) is None


def test_a_policy_approves_up_to_its_risk() -> None:
    removal = plan_of("{package: {names: [telnet], state: absent}}")
    assert approve_by_policy(HARMLESS, preview_of(HARMLESS), "never", 24, NOW) is None
    assert approve_by_policy(HARMLESS, preview_of(HARMLESS), "low", 24, NOW) is not None
    assert approve_by_policy(removal, preview_of(removal), "low", 24, NOW) is None
    assert approve_by_policy(removal, preview_of(removal), "medium", 24, NOW) is not None


def test_the_risk_is_of_the_value_not_of_the_text() -> None:
    step = '{file: {path: "{{ path }}", content: x, mode: "0644"}}'
    text = "{name: x, title: {en: X}, inputs: {path: {type: path, required: true}}, steps: [" + step + "]}"
    spec = build(ToolSpec, parse(text, "spec"))
    origin = Origin(source=Source.CATALOG, name="x")
    plan = Plan(goal=GOAL, uses=(Use(toolspec=spec, inputs={"path": "/etc/ssh/sshd_config"}, origin=origin),))
    assert dangers(plan) == (Danger.LOCK_OUT,)
