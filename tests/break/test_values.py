"""Hostile text in every place where a stranger may write: it arrives as it is, and nothing of it is evaluated here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from fazai.diagnostic import UsageError
from fazai.expression import FACTS, Body, ExpressionError, check
from fazai.project import Project
from fazai.render._yaml import Unsafe, as_data
from tests.line.bench import Answer, Bench, project_here

HOSTILE: list[str] = yaml.safe_load(Path(__file__).with_name("hostile.yaml").read_text(encoding="utf-8"))
OWN_MARKS = [text for text in HOSTILE if text.startswith("#jinja2:")]
SECRET = "c4nary-of-Values"
TOOLSPEC = """
inputs:
  out: {type: path, required: true}
  text: {type: str, required: true}
  texts: {type: list, required: true}
  secret: {type: str, secret: true, required: true}
  table: {type: dict, required: true}
steps:
  - file: {path: "{{ out }}/text", content: "{{ text }}", mode: "0644"}
  - file: {path: "{{ out }}/texts", content: "{{ texts | to_json }}", mode: "0644"}
  - file: {path: "{{ out }}/table", content: "{{ table | to_json }}", mode: "0644"}
  - file: {path: "{{ out }}/secret", content: "pw={{ secret }}", mode: "0600"}
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
    with pytest.raises(ExpressionError, match=r"cannot begin with|condition"):
        check(before + OWN_MARKS[0], FACTS, body)


@dataclass(frozen=True)
class Played:
    """A project after plan, preview and apply, and what went in."""

    bench: Bench
    answers: tuple[Answer, ...]
    texts: list[str]
    table: dict[str, Any]
    out: Path
    canary: Path


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """For real, in a directory with an awkward name, with a configuration of Ansible that is no help."""
    root = tmp_path_factory.mktemp("values")
    canary, out = root / "CANARY", root / "out"
    out.mkdir()
    texts = json.loads(json.dumps(HOSTILE).replace("CANARY", str(canary)))
    own = next(text for text in texts if text.startswith("#jinja2:"))
    table = {**{text: text for text in texts if text}, "deep": [{"deeper": [own, {own: own}]}]}
    inputs = {"out": str(out), "text": own, "texts": texts, "table": table, "secret": "env:BREAK_SECRET"}
    bench = project_here(root / "we \"ird' ünï & #x", TOOLSPEC)
    bench.environment["BREAK_SECRET"] = SECRET
    goal = {"name": "it", "goal": texts[0] + own, "hosts": "here", "use": ["it"], "inputs": inputs}
    goal["accept"] = [{"file": {"path": str(out / "text")}}]
    (bench.root / "goals" / "it.yaml").write_text(yaml.safe_dump(goal, allow_unicode=True))
    (bench.root / "ansible.cfg").write_text(
        "[defaults]\nlog_path = ansible.log\nverbosity = 4\ndebug = True\nstrategy = free\nkeep_remote_files = True\n"
        "display_args_to_stdout = True\n[tags]\nrun = others\nskip = all\n"
    )
    planned, previewed = bench.fazai("plan", "goals/it.yaml"), bench.fazai("preview", "goals/it.yaml")
    plan_hash = previewed.of("preview")["plan_hash"]
    applied = bench.fazai("--debug", "apply", plan_hash, "--approve", plan_hash)
    return Played(bench, (planned, previewed, applied), texts, table, out, canary)


@pytest.mark.io
def test_hostile_values_arrive_as_they_are(played: Played) -> None:
    own = played.table["deep"][0]["deeper"][0]
    assert [answer.code for answer in played.answers] == [0, 0, 0], played.answers[-1].stdout
    assert (played.out / "text").read_text() == own
    assert json.loads((played.out / "texts").read_text()) == played.texts
    assert json.loads((played.out / "table").read_text()) == played.table
    assert (played.out / "template").read_text() == own + "\n" + "".join(f"<{text}>\n" for text in played.texts)


@pytest.mark.io
def test_nothing_that_a_value_or_a_goal_says_is_evaluated(played: Played) -> None:
    assert not played.canary.exists()


@pytest.mark.io
def test_a_configuration_of_ansible_leaves_no_task_out_and_takes_no_log(played: Played) -> None:
    statuses = {task["status"] for task in played.answers[1].of("preview")["tasks"]}
    assert "predicted change" in statuses
    assert not (played.bench.root / "ansible.log").exists()


@pytest.mark.io
def test_a_secret_comes_to_its_file_and_nowhere_else(played: Played) -> None:
    assert (played.out / "secret").read_text() == f"pw={SECRET}"
    assert SECRET.encode() not in played.bench.every_byte()
    assert not any(SECRET in answer.stdout + answer.stderr for answer in played.answers)


@pytest.mark.io
@pytest.mark.parametrize("name", ["{{ lookup('pipe', 'id') }}", "{{CWD}}", "a:b", "web1,web2", "$HOME", "a\nb"])
def test_a_project_whose_path_means_something_to_ansible_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(UsageError, match="path cannot be used"):
        Project.find(tmp_path / name)
