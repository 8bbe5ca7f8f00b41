"""Start-up is light: what is heavy is not imported until a command needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.io

HEAVY = {"ansible_runner", "argcomplete", "chromadb", "httpx", "importlib.metadata", "jinja2", "pydantic", "rich", "yaml"}
PROGRAM = """
import sys
from fazai.cli import main
code = main(sys.argv[1:])
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


def modules_after(*words: str) -> tuple[int, set[str]]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=False)
    return done.returncode, set(done.stderr.splitlines())


def own(modules: set[str]) -> set[str]:
    return {name for name in modules if name.startswith("fazai")}


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["--version"], 0), (["plam"], 2), (["rollback", "x"], 2), ([], 2)])
def test_looking_around_imports_the_table_of_commands_alone(words: list[str], code: int) -> None:
    ended, modules = modules_after(*words)
    assert ended == code
    assert not HEAVY & modules
    assert own(modules) <= {
        "fazai", "fazai.cli", "fazai.cli._clean", "fazai.cli._commands", "fazai.cli._main", "fazai.cli._parser",
    }  # fmt: skip


def test_help_of_a_command_imports_that_command_alone() -> None:
    ended, modules = modules_after("plan", "--help")
    assert ended == 0
    assert not HEAVY & modules
    assert {name for name in own(modules) if name.startswith("fazai.cli.commands.")} == {"fazai.cli.commands.plan"}


def test_a_schema_needs_neither_ansible_nor_the_knowledge_base() -> None:
    ended, modules = modules_after("schema", "goal")
    assert ended == 0
    assert not {"ansible_runner", "chromadb", "httpx", "rich"} & modules
