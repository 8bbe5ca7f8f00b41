"""`fazai lint`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Fazai

pytestmark = pytest.mark.io

BROKEN = """\
name: broken
goal: [this, is, not, text]
hosts: web
accpt:
  - http: {url: "http://localhost/"}
"""


def test_every_mistake_of_a_goal_is_shown_with_its_place(fazai: Fazai, tmp_path: Path) -> None:
    (tmp_path / "goal.yaml").write_text(BROKEN)
    said = fazai("lint", "goal.yaml")
    assert said.code == 2
    assert said.out.count("error: ") == 2
    assert "  goal.yaml:2:1  goal" in said.out
    assert "    4 | accpt:\n      | ^\n" in said.out
    assert 'Did you mean "accept"?' in said.out


def test_one_wrong_file_does_not_keep_others_from_being_judged(fazai: Fazai, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BROKEN)
    (tmp_path / "good.yaml").write_text("{name: good, goal: do good, hosts: web}\n")
    said = fazai("lint", "bad.yaml", "good.yaml", "--json")
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [line["type"] for line in lines] == ["finding", "finding", "file", "end"]
    assert lines[0]["where"] == {"file": "bad.yaml", "line": 2, "column": 1, "field": "goal"}


def test_mistakes_in_the_settings_do_not_hide_the_goals(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    (tmp_path / "fazai.yml").write_text("froks: 3\n")
    said = fazai("lint")
    assert said.code == 2
    assert 'Did you mean "forks"?' in said.out
    assert "valid   goals/example.yaml" in said.out


def test_a_toolspec_is_judged_with_its_templates(fazai: Fazai, tmp_path: Path) -> None:
    fazai("init")
    place = tmp_path / "toolspecs" / "motd"
    (place / "templates").mkdir(parents=True)
    (place / "toolspec.yml").write_text(
        "name: motd\ntitle: {en: Message of the day}\nsteps: [{template: {path: /etc/motd, source: motd.j2}}]\n"
    )
    assert 'No template "motd.j2"' in fazai("lint").out
    (place / "templates" / "motd.j2").write_text("hello\n")
    said = fazai("lint")
    assert (said.code, said.out.splitlines()[-1]) == (0, "valid   toolspecs/motd")
    (place / "templates" / "motd.j2").write_text("{{ lookup('pipe', 'id') }}\n")
    assert fazai("lint", "toolspecs/motd").code == 2


def test_nothing_to_look_at_is_said(fazai: Fazai) -> None:
    said = fazai("lint")
    assert (said.code, said.out[:18]) == (0, "Nothing to look at")


def test_a_file_that_is_not_there_is_an_error(fazai: Fazai) -> None:
    said = fazai("lint", "nope.yaml")
    assert said.code == 2
    assert "A file cannot be read" in said.out
