"""The before-image: which paths, how they are fetched, and what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fazai.expression import looks_like_jinja
from fazai.outcome import Event
from fazai.plan import Plan

LOOK = "Look at what will be touched"
FETCH = "Fetch what will be touched"


@dataclass(frozen=True, order=True)
class Touched:
    """A path that a plan touches; `secret` when what stands there could hold a secret."""

    path: str
    secret: bool


class PathBefore(BaseModel):
    """One path on one host, as it was."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    path: str
    existed: bool
    kind: Literal["file", "directory", "link", "other", "nothing"]
    mode: str | None = None
    owner: str | None = None
    group: str | None = None
    size: int | None = None
    checksum: str | None = Field(default=None, description="sha-1 of the content, as Ansible's stat gives it")
    link_target: str | None = None
    content_kept: bool = False


class BeforeImage(BaseModel):
    """All paths on all hosts before a run. Contents lie beside it under `files/<host>/<path>`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(default=1, alias="schema")
    plan_hash: str
    run_id: str
    paths: tuple[PathBefore, ...]
    not_seen: tuple[str, ...] = Field(default=(), description="Paths that only a host can name; their image is not kept")


def touched_paths(plan: Plan) -> tuple[tuple[Touched, ...], tuple[str, ...]]:
    """The paths a plan touches, and those whose name only a host knows."""
    found: dict[str, bool] = {}
    for use in plan.uses:
        for step in use.toolspec.steps:
            secret = use.toolspec.uses_secret(step)
            for one in step.each(use.inputs):
                for resource in one.touches():
                    if resource.kind == "path":
                        found[resource.name] = found.get(resource.name, False) or secret
    known = tuple(sorted(Touched(path, secret) for path, secret in found.items() if not looks_like_jinja(path)))
    return known, tuple(sorted(path for path in found if looks_like_jinja(path)))


def before_playbook(hosts: str, touched: Sequence[Touched], destination: Path, *, become: bool) -> str:
    """JSON (so YAML) of a play that changes nothing on the hosts and fetches the files into `destination`/<host>/<path>."""
    open_paths = [item.path for item in touched if not item.secret]
    tasks: list[dict[str, Any]] = [
        {
            "name": LOOK,
            "ansible.builtin.stat": {"path": "{{ item }}", "get_mime": False, "get_attributes": False},
            "loop": [item.path for item in touched],
        }
    ]
    if open_paths:
        tasks.append(
            {
                "name": FETCH,
                "ansible.builtin.fetch": {"src": "{{ item }}", "dest": f"{destination}/", "fail_on_missing": False},
                "loop": open_paths,
                "changed_when": False,  # it changes a directory of ours, not the host
                "diff": False,
            }
        )
    play = {"name": "Keep what is there before", "hosts": hosts, "become": become, "gather_facts": False, "tasks": tasks}
    return json.dumps([play], indent=1)


def image_of(plan: Plan, run_id: str, events: Iterable[Event], directory: Path) -> BeforeImage:
    """What the play found. A host that did not answer has no paths in the image."""
    not_seen = touched_paths(plan)[1]
    paths = [
        _path_before(event.host, item, directory)
        for event in events
        if event.task == LOOK and event.host is not None
        for item in event.result.get("results", [])
        if isinstance(item, Mapping)
    ]
    return BeforeImage(plan_hash=plan.hash, run_id=run_id, paths=tuple(paths), not_seen=not_seen)


def _path_before(host: str, item: Mapping[str, Any], directory: Path) -> PathBefore:
    stat: Mapping[str, Any] = item.get("stat") or {}
    path = str(item.get("item"))
    return PathBefore(
        host=host,
        path=path,
        existed=bool(stat.get("exists")),
        kind=_kind(stat),
        mode=stat.get("mode"),
        owner=stat.get("pw_name"),
        group=stat.get("gr_name"),
        size=stat.get("size"),
        checksum=stat.get("checksum"),
        link_target=stat.get("lnk_source") or stat.get("lnk_target"),
        content_kept=(directory / host / path.lstrip("/")).is_file(),
    )


def _kind(stat: Mapping[str, Any]) -> Literal["file", "directory", "link", "other", "nothing"]:
    if not stat.get("exists"):
        return "nothing"
    if stat.get("islnk"):
        return "link"
    if stat.get("isdir"):
        return "directory"
    return "file" if stat.get("isreg") else "other"
