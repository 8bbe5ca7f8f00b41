"""The pinned versions are an honest, portable list."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.io

ROOT = Path(__file__).parent.parent
PINS = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]


def test_a_pin_is_a_name_and_a_version_and_no_address() -> None:
    assert [line for line in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line)] == []


def test_nothing_is_pinned_twice() -> None:
    names = [re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in PINS]
    assert sorted(names) == sorted(set(names))


def test_the_installer_is_not_pinned() -> None:
    assert not {"pip", "setuptools", "wheel"} & {line.partition("==")[0] for line in PINS}


def test_ansible_stays_in_the_series_we_promise() -> None:
    assert any(line.startswith("ansible-core==2.19.") for line in PINS)
