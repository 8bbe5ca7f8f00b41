"""The play that uses the roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fazai.expression import FACTS
from fazai.plan import Plan, Use
from fazai.render._values import role_vars
from fazai.render._words import capitalised, comment, one_line
from fazai.render._yaml import document
from fazai.toolspec import ToolSpec


def playbook(plan: Plan, subsets: Iterable[str]) -> str:
    """One play, named after the toolspecs: a play's name is templated, and their titles cannot hold braces."""
    become = {use.toolspec.become for use in plan.uses}
    play: dict[str, Any] = {
        "name": capitalised("; ".join(one_line(spec.title.en) for spec in plan.toolspecs())),
        "hosts": plan.goal.hosts,
        **({"become": True} if become == {True} else {}),
        **gathering(subsets),
        "roles": [_role(use, own_become=become == {True, False}) for use in plan.uses],
    }
    return document([play], comment(f"Goal {plan.goal.name}", plan.goal.goal))


def gathering(subsets: Iterable[str]) -> dict[str, Any]:
    """The keywords that gather these subsets of facts and no more."""
    return {"gather_facts": True, "gather_subset": list(subsets)}


def subsets_of(names: Iterable[str]) -> tuple[str, ...]:
    """The subsets that hold the facts among `names`; `min` always: roles assert the family, services ask for the manager."""
    found = {FACTS[name].subset for name in names if name in FACTS}
    return ("min", *sorted(found - {"min"}))


def names_of(spec: ToolSpec) -> frozenset[str]:
    """Every name that the steps and handlers of a toolspec use."""
    return frozenset().union(*(spec.step_names(step) for step in (*spec.steps, *spec.handlers.values())))


def _role(use: Use, *, own_become: bool) -> Mapping[str, Any]:
    values = role_vars(use)
    return {
        "role": use.toolspec.name,
        **({"become": use.toolspec.become} if own_become else {}),
        **({"vars": values} if values else {}),
    }
