"""The story: judge the plan, write the roles, the playbook, the checks, the scenario; say what waits for what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from fazai.diagnostic import Finding, FindingsStopPlan, Where
from fazai.plan import Plan
from fazai.render._collections import collections_of, requirements
from fazai.render._molecule import scenario
from fazai.render._playbook import names_of, playbook, subsets_of
from fazai.render._rendered import Rendered
from fazai.render._role import role_of
from fazai.render._tasks import tasks_of
from fazai.render._verify import accept_playbook, keep_playbook
from fazai.render._yaml import document
from fazai.toolspec import ToolSpec
from fazai.toolspec.spec import canonical


def render(plan: Plan) -> Rendered:
    """Every file of a plan. Raises `FindingsStopPlan` where the plan cannot become a safe playbook."""
    plan = _settled(plan)
    _judge(plan)
    name = plan.goal.name
    roles = {spec.name: role_of(spec) for spec in plan.toolspecs()}
    accept = accept_playbook(plan, f"molecule/{name}/verify.yml")
    keep = keep_playbook(plan, f"molecule/{name}/keep.yml")
    modules = set(accept.modules) | set(keep.modules if keep else ())
    for role in roles.values():
        modules |= role.modules
    collections = collections_of(modules)
    gathers = subsets_of(name for spec in plan.toolspecs() for name in names_of(spec))
    files = {f"playbooks/{name}.yml": playbook(plan, gathers)}
    for role in roles.values():
        files |= role.files
    files |= scenario(plan, collections)
    files[f"molecule/{name}/verify.yml"] = accept.text
    if keep:
        files[f"molecule/{name}/keep.yml"] = keep.text
    if collections:
        files["requirements.yml"] = document(requirements(collections))
    return Rendered(
        files=files,
        tasks=tasks_of(plan, roles),
        checks=(*accept.checks, *(keep.checks if keep else ())),
        collections=collections,
        playbook=f"playbooks/{name}.yml",
        verify_playbook=f"molecule/{name}/verify.yml",
        keep_playbook=f"molecule/{name}/keep.yml" if keep else None,
        gathers=gathers,
    )


def render_role(spec: ToolSpec) -> Mapping[str, str]:
    """The files of a toolspec's role, by path relative to the project. Raises `FindingsStopPlan` as `render()` does."""
    settled = ToolSpec.model_validate_json(json.dumps(canonical(spec), sort_keys=True))
    _stop(_misfits(settled.problems(), f"toolspecs.{settled.name}"))
    return role_of(settled).files


def _settled(plan: Plan) -> Plan:
    """The plan as its canonical bytes say it: what is rendered is what the hash names, in an order of its own."""
    return Plan.model_validate_json(plan.canonical_bytes())


def _judge(plan: Plan) -> None:
    findings = list(_misfits(plan.goal.problems(), "goal"))
    seen: dict[str, ToolSpec] = {}
    for i, use in enumerate(plan.uses):
        spec = use.toolspec
        if spec.name not in seen:
            findings += _misfits(spec.problems(), f"uses.{i}.toolspec")
        elif seen[spec.name] != spec:
            findings.append(
                Finding(
                    summary="Two toolspecs have one name",
                    detail=f'Both would be the role "{spec.name}", with different content.',
                    where=Where(field=f"uses.{i}.toolspec.name"),
                    remedy="Give one of them another name.",
                )
            )
        seen.setdefault(spec.name, spec)
    _stop(findings)


def _misfits(problems: Iterable[tuple[tuple[str | int, ...], str, str]], root: str) -> list[Finding]:
    return [
        Finding(summary=summary, where=Where(field=".".join([root, *map(str, path)])), remedy=remedy)
        for path, summary, remedy in problems
    ]


def _stop(findings: list[Finding]) -> None:
    if findings:
        raise FindingsStopPlan(*findings)
