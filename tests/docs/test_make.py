"""`make help` tells the truth."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.io

ROOT = Path(__file__).parents[2]


def test_every_make_target_is_explained() -> None:
    text = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, flags=re.MULTILINE)
    shown = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert sorted(re.findall(r"^  make (\S+)", shown, flags=re.MULTILINE)) == sorted(phony.split())


def test_every_stage_of_the_proof_is_a_target() -> None:
    text = (ROOT / "Makefile").read_text()
    (stages,) = re.findall(r"^STAGES := (.+)$", text, flags=re.MULTILINE)
    assert all(re.search(rf"^{stage}:", text, flags=re.MULTILINE) for stage in stages.split())
