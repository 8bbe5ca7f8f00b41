"""`fazai doctor`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazai.project import Journal
from tests.cli.conftest import Fazai

pytestmark = pytest.mark.io


def looks(fazai: Fazai, *words: str) -> tuple[int, dict[str, dict[str, str]]]:
    said = fazai("doctor", "--json", *words)
    lines = [json.loads(line) for line in said.out.splitlines()]
    return said.code, {line["name"]: line for line in lines if line["type"] == "checkup"}


def test_a_new_project_is_well(fazai: Fazai) -> None:
    fazai("init")
    code, found = looks(fazai)
    assert code == 0
    assert {name for name, look in found.items() if look["state"] == "error"} == set()
    assert found["inventory"]["text"] == "1 host"
    assert {
        "python", "ansible-core", "ansible-playbook", "ansible-runner", "collections", "ssh", "locale", "chromadb",
        "project", "inventory", "disk", ".fazai", "journal", "runs",
    } == found.keys()  # fmt: skip


def test_an_error_says_what_to_do_and_ends_with_4(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    (tmp_path / ".fazai").chmod(0o755)
    code, found = looks(fazai)
    assert code == 4
    assert found[".fazai"]["state"] == "error"
    assert found[".fazai"]["remedy"].startswith("chmod 700")


def test_settings_with_mistakes_are_an_error(fazai: Fazai, tmp_path: Path) -> None:
    (tmp_path / "fazai.yml").write_text("froks: 3\n")
    code, found = looks(fazai)
    assert (code, found["project"]["state"]) == (4, "error")


def test_a_journal_that_was_changed_is_an_error(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    journal = Journal(tmp_path / ".fazai")
    journal.write("approved", plan="a")
    journal.write("approved", plan="b")
    journal.path.write_text(journal.path.read_text().replace('"plan": "a"', '"plan": "c"'))
    code, found = looks(fazai)
    assert (code, found["journal"]["state"]) == (4, "error")


def test_looking_makes_no_files(fazai: Fazai, tmp_path: Path) -> None:
    looks(fazai)
    assert list(tmp_path.iterdir()) == []
