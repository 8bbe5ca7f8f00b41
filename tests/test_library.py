"""The public names are what they say, and cost nothing until they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import fazai


def test_every_public_name_is_there() -> None:
    assert {name: getattr(fazai, name).__name__ for name in fazai.__all__} == {name: name for name in fazai.__all__}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        fazai.nothing  # noqa: B018 -- the access is the test


@pytest.mark.io
def test_importing_fazai_loads_nothing_else_of_it() -> None:
    code = "import fazai, sys; print(sorted(name for name in sys.modules if name.startswith('fazai.')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
