"""Checks as a playbook: every check is run, a failed one is remembered, and the last play fails for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from fazai.acceptance import Check
from fazai.expression import names_in
from fazai.plan import Plan, Use
from fazai.render._playbook import gathering, subsets_of
from fazai.render._rendered import RenderedCheck
from fazai.render._scope import GOAL_SCOPE, Scope, scope_of
from fazai.render._task import own_names, platform_condition, task_mapping
from fazai.render._values import role_vars
from fazai.render._words import capitalised, one_line, shown, task_name
from fazai.render._yaml import lines_of, listing

Group = Literal["accept", "keep"]
FAILED = "fazai_failed_checks"


@dataclass(frozen=True)
class Checks:
    """A playbook of checks, with what each of its blocks is, and the modules it uses."""

    text: str
    checks: tuple[RenderedCheck, ...]
    modules: frozenset[str]


@dataclass(frozen=True)
class _Section:
    """The checks of one play: the goal's own, or those of a use's toolspec with its values."""

    title: str
    checks: Sequence[Check]
    scope: Scope
    values: Mapping[str, Any]
    use: int | None = None
    owner: Use | None = None


def accept_playbook(plan: Plan, path: str) -> Checks:
    """The acceptance checks of the goal, then those of each use."""
    uses = [
        _Section(f"Verify: {one_line(use.toolspec.title.en)}", use.toolspec.accept, scope_of(use.toolspec), use.inputs, i, use)
        for i, use in enumerate(plan.uses)
    ]
    return _playbook(plan, "accept", [_Section("Verify the goal", plan.goal.accept, GOAL_SCOPE, {}), *uses], path)


def keep_playbook(plan: Plan, path: str) -> Checks | None:
    """What must be the same before and after; None where the goal names nothing."""
    if not plan.goal.keep:
        return None
    return _playbook(plan, "keep", [_Section("Look at what must stay the same", plan.goal.keep, GOAL_SCOPE, {})], path)


def _playbook(plan: Plan, group: Group, sections: Iterable[_Section], path: str) -> Checks:
    filled = [section for section in sections if section.checks]
    plays: list[dict[str, Any]] = []
    first = 0
    for section in filled:
        plays.append(_play(plan, group, section, first))
        first += len(section.checks)
    plays.append(_judgement(plan))
    text = listing(plays)
    found = [one for p, section in enumerate(filled) for one in _rendered(group, section, text, path, p)]
    numbered = tuple(replace(one, index=i) for i, one in enumerate(found))
    modules = frozenset(
        task.module for section in filled for check in section.checks if not check.not_runnable() for task in check.tasks()
    )
    return Checks(text, numbered, modules)


def _play(plan: Plan, group: Group, section: _Section, first: int) -> dict[str, Any]:
    named = frozenset(name for check in section.checks for _path, text in check.texts() for name in names_in(text))
    values = role_vars(section.owner, named) if section.owner else {}
    return {
        "name": capitalised(section.title),
        "hosts": plan.goal.hosts,
        **({"become": True} if _needs_root(plan, section) else {}),
        **gathering(subsets_of(named)),
        **({"vars": values} if values else {}),
        "tasks": [_block(check, section.scope, group, first + i) for i, check in enumerate(section.checks)],
    }


def _needs_root(plan: Plan, section: _Section) -> bool:
    """Checks look with the rights that the steps have: who may not become root can plan, apply and verify all the same."""
    return section.owner.toolspec.become if section.owner else any(spec.become for spec in plan.toolspecs())


def _block(check: Check, scope: Scope, group: Group, index: int) -> dict[str, Any]:
    instead = f"{check.kind} check {index + 1}"
    claim = task_name(check.title(), scope, instead)
    why = check.not_runnable()
    tasks = [_cannot_run(check.kind)] if why else _tasks(check, scope, f"{group}_{index + 1}", instead)
    return {
        "name": claim,
        "block": tasks,
        "rescue": [
            {
                "name": f"Remember that check {index + 1} does not hold",
                "ansible.builtin.set_fact": {FAILED: f"{{{{ {FAILED} | default([]) + [{index + 1}] }}}}"},
            }
        ],
    }


def _tasks(check: Check, scope: Scope, prefix: str, instead: str) -> list[dict[str, Any]]:
    hidden = bool(_names(check) & scope.secrets)
    tasks = check.tasks()
    own = scope.with_names({name: new for task in tasks for name, new in own_names(task, prefix).items()})
    written = []
    for task in tasks:
        platform = platform_condition(task.platform) if task.platform else ()
        inner = own.in_loop() if task.loop else own
        name = task_name(task.name, inner, instead)
        written.append(task_mapping(replace(task, no_log=task.no_log or hidden), own, name, platform))
    return written


def _names(check: Check) -> frozenset[str]:
    return frozenset(name for _path, text in check.texts() for name in names_in(text))


def _cannot_run(kind: str) -> dict[str, Any]:
    """A check that cannot be run has not been seen to hold."""
    return {"name": "Say that it cannot be run", "ansible.builtin.fail": {"msg": f"Checks of the kind {kind} cannot be run"}}


def _judgement(plan: Plan) -> dict[str, Any]:
    return {
        "name": "Judge the checks",
        "hosts": plan.goal.hosts,
        "gather_facts": False,
        "tasks": [
            {
                "name": "Every check holds",
                "ansible.builtin.assert": {
                    "that": [f"{FAILED} | default([]) | length == 0"],
                    "fail_msg": f"These checks do not hold: {{{{ {FAILED} | default([]) | join(', ') }}}}",
                    "quiet": True,
                },
            }
        ],
    }


def _rendered(group: Group, section: _Section, text: str, path: str, play: int) -> Iterable[RenderedCheck]:
    for i, check in enumerate(section.checks):
        runnable = check.not_runnable() is None
        lines = lines_of(text, play, "tasks", i, "block") if runnable else []
        yield RenderedCheck(
            group=group,
            index=i,
            title=_title(check, section),
            places=tuple(f"{path}:{line}" for line in lines),
            check=check,
            use=section.use,
        )


def _title(check: Check, section: _Section) -> str:
    values = {name: value for name, value in section.values.items() if name not in section.scope.secrets}
    return shown(check.title(), values, f"{check.kind} check of a secret", section.scope.secrets)
