"""Which step waits for which: what one needs, another only provides when it is applied.

Check mode changes nothing, so a task whose needs are only predicted may fail in it. `waits()` says for which earlier steps
that can be the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fazai.expression import looks_like_jinja
from fazai.toolspec import Resource, Step
from fazai.toolspec.step import ANYTHING

# ruff: noqa: S108 -- names of directories on a host; nothing is written here
# There on every host of the families that FazAI knows, whatever else is installed.
_ALWAYS_THERE: Final = frozenset(
    {Resource("user", "root"), Resource("group", "root")}
    | {
        Resource("path", path)
        for path in (
            "/", "/etc", "/etc/systemd", "/etc/systemd/system", "/home", "/opt", "/root", "/run", "/srv", "/tmp",
            "/usr", "/usr/local", "/usr/local/bin", "/usr/local/sbin", "/var", "/var/lib", "/var/log", "/var/tmp",
        )
    }
)  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """What a step needs and provides, with its inputs put in, for each item of its loop."""

    needs: frozenset[Resource]
    provides: frozenset[Resource]


def reach(step: Step, values: Mapping[str, Any]) -> Reach:
    """The step's reach for these input values."""
    items = step.each(values)
    return Reach(
        frozenset(_plain(resource) for one in items for resource in one.needs()) - _ALWAYS_THERE,
        frozenset(_plain(resource) for one in items for resource in one.provides()),
    )


def may_wait(step: Step) -> bool:
    """Whether any plan could make the step wait: by its own text it needs something that is not always there."""
    return bool({_plain(resource) for resource in step.needs()} - _ALWAYS_THERE)


def waits(later: Reach, earlier: Reach) -> bool:
    """Whether `later` needs something that `earlier` provides, or may provide."""
    if not later.needs or not earlier.provides:
        return False
    if ANYTHING in earlier.provides or ANYTHING in later.needs:
        return True
    return any(_serves(have, need) for need in later.needs for have in earlier.provides)


def _serves(have: Resource, need: Resource) -> bool:
    if have.kind != need.kind:
        return False
    if looks_like_jinja(have.name) or looks_like_jinja(need.name):
        return True  # only a host knows: then it may be so
    return have.name == need.name or (have.kind == "path" and need.name.startswith(have.name.rstrip("/") + "/"))


def _plain(resource: Resource) -> Resource:
    match resource.kind:
        case "service":
            return Resource("service", resource.name.removesuffix(".service"))
        case "path":
            return Resource("path", resource.name.rstrip("/") or "/")
        case _:
            return resource
