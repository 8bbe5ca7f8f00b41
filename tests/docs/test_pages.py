"""The harness that runs documentation sees what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import Command, File, Reader, fits, parts

PAGE = """\
Words.

```yaml
# goals/x.yaml
name: x
```

```yaml
name: not a file
```

```console
$ echo one \\
    two
one two
$ true
```
"""


def test_files_and_commands_come_in_order() -> None:
    assert list(parts(PAGE)) == [
        File("goals/x.yaml", "# goals/x.yaml\nname: x\n"),
        Command("echo one      two", ("one two",)),
        Command("true", ()),
    ]


def test_commands_for_hosts_are_left_to_those_who_have_hosts() -> None:
    page = PAGE + "\n```console hosts\n$ reach\nthem\n```\n"
    assert list(parts(page)) == list(parts(PAGE))
    assert list(parts(page, on_hosts=True)) == [Command("reach", ("them",))]


@pytest.mark.parametrize(
    ("shown", "printed", "fit"),
    [
        (["a"], "a\n", True),
        (["a"], "b\n", False),
        (["a"], "a\nb\n", False),
        (["a", "..."], "a\nb\nc\n", True),
        (["...", "c"], "a\nb\nc\n", True),
        (["a", "...", "c"], "a\nc\n", True),
        (["plan ... done"], "plan 3f9c21 done\n", True),
        (["plan ... done"], "plan 3f9c21\ndone\n", False),
        (["a.b"], "axb\n", False),
        (["plan 3f9c21a0b1c2 done"], "plan 0123456789ab done\n", True),
        (["plan 3f9c21a0b1c2 done"], "plan abc done\n", False),
        (["run 20261120-230816-5511 at 2026-11-20 23:08:16 UTC"], "run 20270101-000000-0001 at 2027-01-01 00:00:00 UTC\n", True),
        (["run 20261120-230816-5511 ok=5"], "run 20261120-230816-5511 ok=6\n", False),
        ([], "whatever\n", True),
    ],
)
def test_dots_stand_for_anything_and_the_rest_for_itself(shown: list[str], printed: str, fit: bool) -> None:
    assert fits(shown, printed) is fit


@pytest.mark.io
@pytest.mark.parametrize("command", ["false", "echo other\none", "exit 3", "cat absent"])
def test_what_does_not_go_as_the_page_says_is_told(tmp_path: Path, command: str) -> None:
    (wrong,) = Reader(tmp_path).follow(f"```console\n$ {command}\n```\n")
    assert wrong.startswith(f"$ {command.splitlines()[0]}\nended with")


@pytest.mark.io
def test_a_reader_stays_where_they_went_and_keeps_what_they_exported(tmp_path: Path) -> None:
    page = "```console\n$ mkdir shop && cd shop && export WORD=kept\n$ echo $(basename $PWD) $WORD\nshop kept\n```\n"
    assert Reader(tmp_path).follow(page) == []
