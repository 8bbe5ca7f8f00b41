"""Hostile text in every place where a stranger may write: it arrives as it is, and nothing of it is evaluated here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from fazai.diagnostic import UsageError
from fazai.expression import FACTS, Body, ExpressionError, check
from fazai.project import Project
from fazai.render._yaml import Unsafe, as_data
from tests.line.bench import Bench

HOSTILE: list[str] = yaml.safe_load(Path(__file__).with_name("hostile.yaml").read_text(encoding="utf-8"))
OWN_MARKS = [text for text in HOSTILE if text.startswith("#jinja2:")]
TOOLSPEC = """
inputs:
  out: {type: path, required: true}
  text: {type: str, required: true}
  texts: {type: list, required: true}
  table: {type: dict, required: true}
steps:
  - file: {path: "{{ out }}/text", content: "{{ text }}", mode: "0644"}
  - file: {path: "{{ out }}/texts", content: "{{ texts | to_json }}", mode: "0644"}
  - file: {path: "{{ out }}/table", content: "{{ table | to_json }}", mode: "0644"}
  - template: {path: "{{ out }}/template", source: t.j2, mode: "0644", owner: null, group: null}
templates:
  t.j2: |
    {{ text }}
    {% for one in texts %}<{{ one }}>
    {% endfor %}
accept:
  - file: {path: "{{ out }}/text", contains: "{{ text }}"}
"""


def test_there_are_sixty_hostile_texts() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("text", OWN_MARKS)
def test_a_text_that_chooses_its_own_marks_is_data(text: str) -> None:
    """Ansible reads such a first line in any text of a playbook, and would evaluate what stands between the new marks."""
    assert isinstance(as_data(text), Unsafe)


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("before", ["", " ", "\n"])
def test_a_toolspecs_text_cannot_choose_its_own_marks(before: str, body: Body) -> None:
    with pytest.raises(ExpressionError, match="cannot begin with|condition"):
        check(before + OWN_MARKS[0], FACTS, body)


@pytest.mark.io
def test_hostile_values_arrive_as_they_are_and_nothing_is_evaluated(here: Any, tmp_path: Path) -> None:
    """For real, through copy and template and back through an acceptance check, in a directory with an awkward name."""
    canary, out = tmp_path / "CANARY", tmp_path / "out"
    out.mkdir()
    texts = json.loads(json.dumps(HOSTILE).replace("CANARY", str(canary)))
    own = next(text for text in texts if text.startswith("#jinja2:"))
    table = {**{text: text for text in texts if text}, "deep": [{"deeper": [own, {own: own}]}]}
    inputs = {"out": str(out), "text": own, "texts": texts, "table": table}
    bench: Bench = here(TOOLSPEC, name="we \"ird' ünï & #x")
    goal = {"name": "it", "goal": texts[0] + own, "hosts": "here", "use": ["it"], "inputs": inputs}
    goal["accept"] = [{"file": {"path": str(out / "text")}}]
    (bench.root / "goals" / "it.yaml").write_text(yaml.safe_dump(goal, allow_unicode=True))
    assert bench.fazai("plan", "goals/it.yaml").code == 0
    previewed = bench.fazai("preview", "goals/it.yaml")
    assert previewed.code == 0, previewed.stdout
    plan_hash = previewed.of("preview")["plan_hash"]
    done = bench.fazai("apply", plan_hash, "--approve", plan_hash)
    assert done.code == 0, done.stdout
    assert not canary.exists()
    assert (out / "text").read_text() == own
    assert json.loads((out / "texts").read_text()) == texts
    assert json.loads((out / "table").read_text()) == table
    assert (out / "template").read_text() == own + "\n" + "".join(f"<{text}>\n" for text in texts)


@pytest.mark.io
@pytest.mark.parametrize("name", ["{{ lookup('pipe', 'id') }}", "{{CWD}}", "a:b", "web1,web2", "$HOME", "a\nb"])
def test_a_project_whose_path_means_something_to_ansible_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(UsageError, match="path cannot be used"):
        Project.find(tmp_path / name)
