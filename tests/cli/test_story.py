"""The commands together, on a project of one page on this machine: real Ansible, a real terminal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest

from fazai.cli.views.json import TYPES

pytestmark = pytest.mark.io

ROOT = Path(__file__).parents[2]
FAZAI = [sys.executable, "-m", "fazai"]
NEEDY = "{name: needy, goal: A page, hosts: web, use: [static_site]}\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A project of its own, whose one goal writes below it."""
    project = tmp_path / "page"
    shutil.copytree(ROOT / "examples" / "page", project)
    goal = project / "goals" / "page.yaml"
    (tmp_path / "www").mkdir()
    goal.write_text(goal.read_text().replace("/tmp/fazai-demo/www", str(tmp_path / "www")))
    return project


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def fazai(project: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = environment(**more)
    argv = [*FAZAI, *words]
    return subprocess.run(argv, cwd=project, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def lines(said: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [json.loads(line) for line in said.stdout.splitlines()]
    assert {line["type"] for line in found} <= set(TYPES)
    assert found[-1] == {"type": "end", "exit_code": said.returncode}
    return found


def one(found: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (line,) = [line for line in found if line["type"] == kind]
    return line


def terminal(project: Path, *words: str) -> Any:
    env = environment(TERM="xterm")
    argv = [*FAZAI[1:], *words]
    return pexpect.spawn(FAZAI[0], argv, cwd=str(project), env=env, encoding="utf-8", timeout=120, dimensions=(40, 160))


def ended(child: Any) -> int:
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus)


@pytest.mark.slow
def test_the_whole_line_without_a_terminal(page: Path) -> None:
    planned = one(lines(fazai(page, "plan", "goals/page.yaml", "--json")), "plan")
    written = page.parent / "www" / "index.html"

    said = fazai(page, "apply", planned["hash"], "--json")
    assert (said.returncode, one(lines(said), "finding")["summary"]) == (6, "Not previewed")

    said = fazai(page, "apply", "--approve", planned["hash"], "--json")
    assert (said.returncode, one(lines(said), "finding")["summary"]) == (6, "Not previewed")

    said = fazai(page, "preview", "--json")
    assert said.returncode == 0
    assert {task["status"] for task in one(lines(said), "preview")["tasks"]} == {"predicted change", "no change"}
    assert not written.exists()

    said = fazai(page, "apply")
    assert (said.returncode, said.stdout) == (6, "")
    assert f"fazai apply {planned['hash'][:12]} --approve {planned['hash'][:12]}" in said.stderr

    said = fazai(page, "apply", "--approve", "0" * 64, "--json")
    assert (said.returncode, one(lines(said), "finding")["summary"]) == (6, "The approval is for something else")
    assert not written.exists()

    said = fazai(page, "apply", "--approve", planned["hash"], "--json")
    assert said.returncode == 0
    assert one(lines(said), "approval")["how"] == "--approve"
    assert written.exists()

    said = fazai(page, "verify", "--json")
    assert (said.returncode, one(lines(said), "verification")["level"]) == (0, "accepted")
    assert one(lines(fazai(page, "kb", "list", "--json")), "entry")["status"] == "verified"


@pytest.mark.slow
def test_a_person_is_shown_what_is_at_stake_and_asked(page: Path) -> None:
    written = page.parent / "www" / "index.html"
    child = terminal(page, "run", "goals/page.yaml")
    child.expect("predicted change")
    child.expect("File is as wanted")
    child.expect(r"Apply\? \[y/N\] ")
    assert not written.exists()
    child.sendline("n")
    assert ended(child) == 6
    assert not written.exists()

    child = terminal(page, "apply")
    child.expect(r"Apply\? \[y/N\] ")
    child.sendline("y")
    child.expect("changed")
    assert ended(child) == 0
    assert written.exists()


def test_ctrl_c_in_a_preview_says_that_nothing_was_changed(page: Path) -> None:
    assert fazai(page, "plan", "goals/page.yaml").returncode == 0
    child = terminal(page, "preview")
    child.expect("Previewing")
    child.sendintr()
    child.expect("Interrupted")
    child.expect("changed nothing on any host")
    assert ended(child) == 130


def test_missing_inputs_are_listed_for_pasting_and_end_with_3(page: Path) -> None:
    (page / "goals" / "needy.yaml").write_text(NEEDY)
    said = fazai(page, "plan", "goals/needy.yaml")
    assert (said.returncode, said.stdout) == (3, "")
    assert "Add to the goal:\n  inputs:\n    content:" in said.stderr
    found = lines(fazai(page, "plan", "goals/needy.yaml", "--json"))
    assert one(found, "missing_input")["name"] == "content"


def test_missing_inputs_are_asked_for_on_a_terminal(page: Path) -> None:
    (page / "goals" / "needy.yaml").write_text(NEEDY)
    child = terminal(page, "plan", "goals/needy.yaml")
    child.expect("content .*: ")
    child.sendline("hello there")
    child.expect("content = .*hello there")
    child.expect("your answer")
    assert ended(child) == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_any_locale_will_do(page: Path, locale: str) -> None:
    said = fazai(page, "catalog", "show", "static_site", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert said.returncode == 0, said.stderr


def test_a_reader_that_goes_away_is_no_trouble(page: Path) -> None:
    line = f"{sys.executable} -m fazai schema toolspec | head -1"
    done = subprocess.run(["bash", "-c", line], cwd=page, env=environment(), capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.parametrize("words", [[], ["--debug"]], ids=["without", "with"])
def test_a_traceback_is_shown_with_debug_only(page: Path, words: list[str]) -> None:
    (page / ".fazai").write_text("not a directory")
    said = fazai(page, "plan", "goals/page.yaml", *words)
    assert said.returncode == 1
    assert "error: Unexpected: " in said.stderr
    assert ("Traceback" in said.stderr) is bool(words)
    assert ("--debug" in said.stderr) is not bool(words)


def test_no_colour_is_printed_where_there_is_no_terminal(page: Path) -> None:
    assert "\x1b" not in fazai(page, "doctor", FORCE_COLOR="1").stdout


def test_colours_on_a_terminal_can_be_declined(page: Path) -> None:
    for words, coloured in (([], True), (["--no-color"], False)):
        child = terminal(page, "catalog", "list", *words)
        child.expect(pexpect.EOF)
        assert ("\x1b" in child.before) is coloured
        child.close()
