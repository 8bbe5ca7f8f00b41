"""Events and tasks in few words, for cases written as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from fazai.check import JudgedTask
from fazai.outcome import Event, EventKind
from fazai.toolspec import Prediction


def place(name: str) -> str:
    return f"roles/r/{name}/tasks/main.yml:1"


def judged(tasks: Mapping[str, Mapping[str, Any]]) -> list[JudgedTask]:
    """JudgedTasks from `NAME: {field: value}`."""
    return [
        JudgedTask(
            place=place(name),
            title=name,
            role="r",
            **{
                **fields,
                "after": tuple(place(other) for other in fields.get("after", ())),
                "prediction": Prediction(fields.get("prediction", "exact")),
            },
        )
        for name, fields in tasks.items()
    ]


def ended(name: str, kind: str, result: Mapping[str, Any] | None = None, *, host: str = "web1", handler: bool = False) -> Event:
    """How task `name` ended; `ignored` is a failure that the play ignores."""
    ignored = kind == "ignored"
    told = dict(result or {})
    return Event(
        kind=EventKind(f"host_{'failed' if ignored else kind}"),
        host=host,
        task=name,
        role="r",
        place=place(name),
        handler=handler,
        ignored=ignored,
        text=str(told.get("msg", "")),
        result=told,
    )


def finished(status: str = "successful", rc: int = 0) -> Event:
    return Event(kind=EventKind.RUN_FINISHED, result={"rc": rc, "status": status, "hosts": {}})


def cases(name: str) -> Sequence[Mapping[str, Any]]:
    """The cases of a file beside this one."""
    found: Sequence[Mapping[str, Any]] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return found
