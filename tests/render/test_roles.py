"""`roles/` is the catalog, rendered. Set FAZAI_UPDATE_GOLDEN=1 to write it anew after a change of the catalog."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fazai.render import render_role
from fazai.shelf import Shelf

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.io


def test_the_checked_in_roles_are_the_catalog() -> None:
    shelf = Shelf.load()
    rendered = {path: text for name in shelf.names() for path, text in render_role(shelf.get(name)).items()}
    if os.environ.get("FAZAI_UPDATE_GOLDEN"):
        shutil.rmtree(ROOT / "roles", ignore_errors=True)
        for name, text in rendered.items():
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(text, encoding="utf-8")
    files = [path for path in (ROOT / "roles").rglob("*") if path.is_file()]
    kept = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert kept.keys() == rendered.keys()
    assert kept == rendered
