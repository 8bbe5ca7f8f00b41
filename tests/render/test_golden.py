"""The text of whole plans, kept beside the test. Set FAZAI_UPDATE_GOLDEN=1 to write it anew, then read the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazai.render import render
from tests.render.plans import GOLDEN

HERE = Path(__file__).parent / "golden"

pytestmark = pytest.mark.io


@pytest.mark.parametrize("name", GOLDEN)
def test_a_plan_renders_to_the_text_that_was_agreed_on(name: str) -> None:
    rendered = render(GOLDEN[name]())
    text = "".join(f"===== {path}\n{content}\n" for path, content in rendered.files.items())
    text += "===== tasks\n" + "".join(
        f"{task.place} {task.title} | use {task.use} step {task.step} {task.prediction}{' hidden' if task.hidden else ''}"
        f"{' after ' + ' '.join(task.after) if task.after else ''}\n"
        for task in rendered.tasks
    )
    text += "===== checks\n" + "".join(
        f"{check.group} {check.index} {check.title} | {' '.join(check.places)}\n" for check in rendered.checks
    )
    kept = HERE / f"{name}.txt"
    if os.environ.get("FAZAI_UPDATE_GOLDEN"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")
