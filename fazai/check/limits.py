"""Whether a plan keeps to the limits of its goal."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fazai.diagnostic import Finding, Where, did_you_mean
from fazai.expression import Unresolvable, has_expression, resolve
from fazai.plan import Plan, Use
from fazai.toolspec import STEPS, RiskLevel, Step

# Steps that run somebody's program can write anywhere, whatever they say they touch.
_ANYWHERE = frozenset({"command", "module", "role"})


def limits(plan: Plan, hosts: Sequence[str]) -> list[Finding]:
    """An error for each thing that `goal.limits` does not allow: hosts, kinds of steps, paths, risk. Handlers count as steps."""
    return [*_host_findings(plan, hosts), *_kind_findings(plan), *_path_findings(plan), *_risk_findings(plan)]


def _host_findings(plan: Plan, hosts: Sequence[str]) -> Iterator[Finding]:
    most = plan.goal.limits.max_hosts
    if most is not None and len(hosts) > most:
        yield Finding(
            summary="More hosts than the goal allows",
            detail=f"{plan.goal.hosts} means {len(hosts)} hosts, and the limit is {most}.",
            where=Where(field="limits.max_hosts"),
            remedy="Name fewer hosts, or raise the limit.",
        )


def _kind_findings(plan: Plan) -> Iterator[Finding]:
    allowed, forbidden = plan.goal.limits.allowed_steps, plan.goal.limits.forbidden_steps
    for name, kinds in (("allowed_steps", allowed or ()), ("forbidden_steps", forbidden)):
        for kind in kinds:
            if kind not in STEPS.kinds:
                yield Finding(
                    summary="No such kind of step",
                    detail=f'There is no step "{kind}", so this limit would not hold what it should.',
                    where=Where(field=f"limits.{name}"),
                    remedy=did_you_mean(kind, STEPS.kinds),
                )
    for use, path, step in _steps(plan):
        if step.kind in forbidden or (allowed is not None and step.kind not in allowed):
            yield Finding(
                summary="A step the goal does not allow",
                detail=f'"{step.heading}" of {use.toolspec.name} is a {step.kind} step.',
                where=Where(field=f"{use.toolspec.name}.{path}"),
                remedy="Choose another toolspec, or change limits.allowed_steps or limits.forbidden_steps of the goal.",
            )


def _path_findings(plan: Plan) -> Iterator[Finding]:
    if plan.goal.limits.paths is None:
        return
    roots = [_normal(path) for path in plan.goal.limits.paths]
    for use, path, step in _steps(plan):
        where = Where(field=f"{use.toolspec.name}.{path}")
        if step.kind in _ANYWHERE:
            yield Finding(
                summary="A step that may write anywhere",
                detail=f'"{step.heading}" is a {step.kind} step: nobody can say which paths it writes.',
                where=where,
                remedy="Use steps that name their paths, or take limits.paths out of the goal.",
            )
            continue
        for one in _each(step, use.inputs):
            yield from _touched(one, roots, where)


def _touched(step: Step, roots: Sequence[str], where: Where) -> Iterator[Finding]:
    for resource in step.touches():
        if resource.kind != "path":
            continue
        if has_expression(resource.name):
            yield Finding(
                summary="A path that cannot be told beforehand",
                detail=f"{resource.name} depends on what only the host knows, so limits.paths cannot be checked.",
                where=where,
                remedy="Name the path by an input, or take limits.paths out of the goal.",
            )
        elif not any(_is_under(_normal(resource.name), root) for root in roots):
            yield Finding(
                summary="A path outside the limits",
                detail=f"{resource.name} is under none of {', '.join(roots)}.",
                where=where,
                remedy="Choose another path by the inputs, or add one to limits.paths.",
            )


def _risk_findings(plan: Plan) -> Iterator[Finding]:
    most = plan.goal.limits.risk
    if most is None:
        return
    level = RiskLevel[most.upper()]
    for reason in dict.fromkeys(risk.reason for risk in plan.risks() if risk.level > level):
        yield Finding(
            summary="More risk than the goal allows",
            detail=f"It {reason}; the limit is {most}.",
            where=Where(field="limits.risk"),
            remedy="Choose other inputs or another toolspec, or raise the limit.",
        )


def _steps(plan: Plan) -> Iterator[tuple[Use, str, Step]]:
    for use in plan.uses:
        for index, step in enumerate(use.toolspec.steps):
            yield use, f"steps.{index}.{step.kind}", step
        for name, handler in use.toolspec.handlers.items():
            yield use, f"handlers.{name}.{handler.kind}", handler


def _each(step: Step, inputs: Mapping[str, Any]) -> list[Step]:
    """The step with its values, once for each item of its list where that is known."""
    if step.for_each is None:
        return [step.resolved(inputs)]
    try:
        items = resolve(step.for_each, inputs)
    except Unresolvable:
        return [step.resolved(inputs)]
    return [step.resolved({**inputs, "item": item}) for item in items]


def _normal(path: str) -> str:
    return posixpath.normpath(path)


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")
