"""The command line in this process, in a directory of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from fazai.cli import main


class Said(NamedTuple):
    code: int
    out: str
    err: str


Fazai = Callable[..., Said]


@pytest.fixture
def fazai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Fazai:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Said:
        code = main(words)
        said = capfd.readouterr()
        return Said(int(code), said.out, said.err)

    return run
