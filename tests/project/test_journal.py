"""The journal is append-only, whole, and chained."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from fazai.project import Journal

pytestmark = pytest.mark.io


def test_a_fresh_journal_is_whole_and_empty(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    assert list(journal.read()) == []
    assert journal.broken_at() is None


def test_lines_are_numbered_and_chained(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write("approved", plan="a")
    journal.write("dispatched", plan="a")
    lines = list(journal.read())
    assert [line["seq"] for line in lines] == [1, 2]
    assert lines[1]["previous"] == lines[0]["hash"]
    assert journal.broken_at() is None


@pytest.mark.parametrize("meddle", ["change", "remove", "insert"])
def test_meddling_breaks_the_chain_where_it_was_done(tmp_path: Path, meddle: str) -> None:
    journal = Journal(tmp_path)
    for name in "abc":
        journal.write("approved", plan=name)
    lines = journal.path.read_text().splitlines()
    if meddle == "change":
        lines[1] = lines[1].replace('"plan": "b"', '"plan": "x"')
    elif meddle == "remove":
        del lines[1]
    else:
        lines.insert(1, json.dumps({"seq": 9, "kind": "approved", "previous": "0" * 64, "hash": "0" * 64}))
    journal.path.write_text("\n".join(lines) + "\n")
    assert journal.broken_at() in {2, 3, 9}


def test_a_torn_last_line_is_not_trusted_and_nothing_after_it_is_lost(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write("approved", plan="a")
    with journal.path.open("a") as file:
        file.write('{"seq": 2, "kind": "disp')
    journal.write("approved", plan="b")
    assert [line["plan"] for line in journal.read()] == ["a", "b"]
    assert journal.broken_at() is None


def _write_some(state: Path, name: str) -> None:
    for i in range(20):
        Journal(state).write("approved", plan=f"{name}{i}")


def test_two_processes_write_one_unbroken_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_some, args=(tmp_path, name)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    journal = Journal(tmp_path)
    assert len(list(journal.read())) == 40
    assert journal.broken_at() is None


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state")
    journal.write("approved", plan="a")
    assert journal.path.stat().st_mode & 0o777 == 0o600
    assert journal.path.parent.stat().st_mode & 0o777 == 0o700
