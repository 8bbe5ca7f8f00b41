"""`fazai kb`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazai.kb import ChromaStore
from tests.cli.conftest import Fazai
from tests.cli.values import ENTRY

pytestmark = pytest.mark.io


@pytest.fixture
def learned(tmp_path: Path) -> str:
    ChromaStore(tmp_path / ".fazai" / "kb").add(ENTRY)
    return ENTRY.id


def test_looking_where_nothing_was_learned_makes_no_files(fazai: Fazai, tmp_path: Path) -> None:
    assert "Nothing learned yet" in fazai("kb", "list").out
    assert list(tmp_path.iterdir()) == []


def test_what_was_learned_is_listed_found_and_shown(fazai: Fazai, learned: str) -> None:
    for words in (["list"], ["search", "static", "page", "nginx"], ["show", learned[:6]]):
        assert learned in fazai("kb", *words).out


def test_what_is_unlike_everything_is_not_found(fazai: Fazai, learned: str) -> None:
    assert fazai("kb", "search", "zzzz").out == "Nothing like it was learned.\n"


def test_an_entry_is_one_line_of_json(fazai: Fazai, learned: str) -> None:
    entry = json.loads(fazai("kb", "show", learned, "--json").out.splitlines()[0])
    assert (entry["type"], entry["id"], entry["status"]) == ("entry", learned, "verified")
