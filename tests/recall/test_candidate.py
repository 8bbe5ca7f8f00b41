"""Candidates of toolspecs and of entries."""

from __future__ import annotations

from typing import Any

from fazai.outcome import Entry, EntryStatus, Level
from fazai.plan import Origin, Source, Use
from fazai.recall import Candidate, understand
from fazai.toolspec import ToolSpec
from tests.recall.support import toolspec


def entry(*specs: ToolSpec, concepts: tuple[str, ...] = ()) -> Entry:
    origin = Origin(source=Source.MODEL, name="m")
    return Entry(
        id="abcdef",
        status=EntryStatus.VERIFIED,
        title="t",
        goal_text="g",
        concepts=concepts,
        uses=tuple(Use(toolspec=spec, inputs={}, origin=origin) for spec in specs),
        level=Level.ACCEPTED,
        plan_hash="0",
        run_id="r",
        hosts=("h",),
    )


def recall(*needs: tuple[str, ...], covers: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"needs": needs, "covers": covers}


def test_a_toolspec_covers_what_it_needs() -> None:
    candidate = Candidate.of_toolspec(toolspec(name="a", recall=recall(("nginx", "page"), covers=("tls",))))
    assert candidate.covers == {"nginx", "page", "tls"}


def test_a_toolspec_without_recall_words_is_never_recalled() -> None:
    (misfit,) = Candidate.of_toolspec(toolspec(name="a")).misfits(understand("please"), {})
    assert misfit.kind == "needs"


def test_every_misfit_is_told() -> None:
    candidate = Candidate.of_toolspec(
        toolspec(name="a", recall=recall(("nginx",), ("page",)), inputs={"port": {"type": "int", "form": "port"}})
    )
    misfits = candidate.misfits(understand("a page with PHP"), {"prot": 80, "port": 0})
    assert [(misfit.kind, misfit.about) for misfit in misfits] == [
        ("needs", "nginx"),
        ("covers", "php"),
        ("input", "prot"),
        ("input", "port"),
    ]
    assert 'Did you mean "port"?' in misfits[2].text


def test_an_entry_serves_what_its_toolspec_serves() -> None:
    spec = toolspec(name="a", recall=recall(("nginx",), covers=("page",)))
    candidate = Candidate.of_entry(entry(spec, concepts=("nginx", "remove")))
    assert candidate.misfits(understand("nginx page"), {}) == ()
    assert candidate.misfits(understand("remove nginx"), {}) != ()


def test_an_entry_whose_toolspec_has_no_recall_words_serves_goals_with_all_its_concepts() -> None:
    candidate = Candidate.of_entry(entry(toolspec(name="made"), concepts=("nfs", "lan")))
    assert candidate.misfits(understand("NFS on the LAN"), {}) == ()
    assert candidate.misfits(understand("NFS"), {}) != ()


def test_an_entry_of_two_toolspecs_needs_and_takes_what_both_do() -> None:
    a = toolspec(name="a", recall=recall(("nginx",)), inputs={"port": {"type": "int"}})
    b = toolspec(name="b", recall=recall(("firewall",)), inputs={"ports": {"type": "list", "elements": "int"}})
    candidate = Candidate.of_entry(entry(a, b))
    assert candidate.misfits(understand("nginx and a firewall"), {"port": 1, "ports": [1]}) == ()
    assert candidate.misfits(understand("nginx"), {}) != ()
    assert candidate.toolspec_names == ("a", "b")
