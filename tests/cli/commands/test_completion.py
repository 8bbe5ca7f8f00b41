"""`fazai completion`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Fazai

pytestmark = pytest.mark.io


def completions(line: str) -> list[str]:
    """What FazAI answers a shell that asks how `line` may go on."""
    read, write = os.pipe()
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\v",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "COMP_TYPE": "9",
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "ARGCOMPLETE_USE_TEMPFILES": "0",
    }
    # argcomplete answers on descriptor 8.
    program = f"import os; os.dup2({write}, 8); from fazai.cli import main; main([])"
    subprocess.run([sys.executable, "-c", program], env=environment, pass_fds=(write,), check=True, timeout=60)
    os.close(write)
    with os.fdopen(read) as answers:
        return [word.strip() for word in answers.read().split("\v") if word.strip()]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("fazai pl", {"plan"}),
        ("fazai pre", {"preview"}),
        ("fazai runs ", {"list", "show", "replay"}),
        ("fazai schema ", {"goal", "toolspec", "action", "settings"}),
        ("fazai apply --appr", {"--approve"}),
        ("fazai apply --accept-risk ", {"data-loss", "lock-out"}),
        ("fazai plan --js", {"--json"}),
    ],
)
def test_a_line_goes_on_with_what_the_parser_knows(line: str, words: set[str]) -> None:
    assert words <= set(completions(line))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_script_is_about_fazai(fazai: Fazai, shell: str) -> None:
    said = fazai("completion", shell)
    assert said.code == 0
    assert "fazai" in said.out


def test_the_script_is_sound_for_bash(fazai: Fazai, tmp_path: Path) -> None:
    script = tmp_path / "fazai.bash"
    script.write_text(fazai("completion", "bash").out)
    subprocess.run(["bash", "-n", str(script)], check=True)
    shown = subprocess.run(
        ["bash", "-c", f"source {script}; complete -p fazai"], check=True, capture_output=True, text=True
    ).stdout
    assert shown.rstrip().endswith("fazai")
