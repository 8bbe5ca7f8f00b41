"""What programs read: a closed list of types, one object a line."""

from __future__ import annotations

import inspect
import json
from typing import Any

from fazai.cli.views import Checkup, Detail, View
from fazai.cli.views.json import TYPES
from fazai.diagnostic import Finding, Where
from fazai.outcome import Entry, Event, Preview, Run, Verification
from tests.cli.values import APPROVAL, DANGEROUS, ENTRY, EVENTS, PLAN, PREVIEW, RUN, SITE, SSHD, VERIFICATION, Written
from tests.cli.views.test_human import planned


def everything() -> Written:
    """A JSON view that was told everything that a view can be told."""
    written = Written("json")
    view = written.view
    finding = Finding(summary="A value is missing", where=Where(field="relayhost"))
    told: dict[str, tuple[Any, ...]] = {
        "speak": ("pt",),
        "planned": (planned(),),
        "preview": (PLAN, PREVIEW, Detail()),
        "stakes": (DANGEROUS, PREVIEW),
        "approval": (APPROVAL,),
        "begin": (RUN,),
        "event": (EVENTS[2],),
        "run": (RUN,),
        "runs": ([RUN],),
        "verification": (VERIFICATION,),
        "entry": (ENTRY,),
        "entries": ([ENTRY],),
        "toolspec": (SITE,),
        "toolspecs": ([SITE, SSHD],),
        "schema": ("goal", {"type": "object"}),
        "file": ("fazai.yml", "kept"),
        "checkup": (Checkup(name="ssh", state="ok", text="here"),),
        "note": ("Next",),
        "script": ("echo",),
        "finding": (finding,),
        "trouble": (finding,),
        "missing": ([finding],),
        "end": (0,),
    }
    methods = {name for name, _method in inspect.getmembers(View, inspect.isfunction) if not name.startswith("_")}
    assert told.keys() == methods
    for name, values in told.items():
        getattr(view, name)(*values)
    return written


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in everything().out.splitlines()]


def test_the_types_are_a_closed_list_and_each_is_used() -> None:
    assert {line["type"] for line in lines()} == set(TYPES)


def test_every_line_is_ascii_without_control_characters() -> None:
    written = Written("json")
    written.view.note("\x1b \x7f \x9b \u202e ç \ud800")
    assert all(32 <= ord(char) < 127 for char in written.out.rstrip("\n"))


def test_stored_values_are_read_back_from_their_line() -> None:
    found = {line.pop("type"): line for line in lines()}
    assert Preview.model_validate(found["preview"]) == PREVIEW
    assert Run.model_validate(found["run"]) == RUN
    assert Entry.model_validate(found["entry"]) == ENTRY
    found["event"].pop("run")
    assert Event.model_validate(found["event"]) == EVENTS[2]
    found["verification"].pop("level")
    assert Verification.model_validate(found["verification"]) == VERIFICATION


def test_an_event_names_its_run() -> None:
    assert [line["run"] for line in lines() if line["type"] == "event"] == [RUN.id]


def test_a_plan_says_its_dangers() -> None:
    assert [line["dangers"] for line in lines() if line["type"] == "plan"] == [[], ["lock-out"]]
