"""The documentation is true: its generated parts are fresh, its files are valid, its commands print what it shows."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fazai.diagnostic import ExitCode
from tests.docs.pages import ROOT, Command, Reader, parts

REFERENCE = sorted((ROOT / "docs" / "reference").glob("*.md"))
PAGES = [*REFERENCE, ROOT / "README.md", ROOT / "README.pt-BR.md", ROOT / "docs" / "tutorial.md"]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tools_docs"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.io
@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.stem)
def test_generated_parts_are_as_the_models_are(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compared by words: versions of Python break the lines of --help differently. `tools/docs.py` writes them anew."""
    monkeypatch.setenv("COLUMNS", "100")
    text = path.read_text(encoding="utf-8")
    assert tool().renewed(text).split() == text.split()


@pytest.mark.io
def test_every_part_that_can_be_generated_stands_on_a_page() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in REFERENCE)
    assert [name for name in tool().PARTS if f"<!-- begin {name} -->" not in text] == []


@pytest.mark.io
def test_the_page_of_exit_codes_lists_them_all() -> None:
    text = (ROOT / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", text, flags=re.MULTILINE) == [str(code.value) for code in ExitCode]


@pytest.mark.io
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_page_shows_is_what_happens(path: Path, tmp_path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert "\n\n".join(Reader(tmp_path).follow(page)) == ""


@pytest.mark.io
def test_pages_that_can_be_run_are_run() -> None:
    runnable = [path.stem for path in PAGES if any(isinstance(part, Command) for part in parts(path.read_text(encoding="utf-8")))]
    assert {"goal", "settings", "exit-codes", "json", "README", "README.pt-BR", "tutorial"} <= set(runnable)
