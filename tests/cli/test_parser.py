"""The command line as it is read."""

from __future__ import annotations

import argparse

import pytest

from fazai.cli._commands import COMMANDS, LATER
from fazai.cli._main import INTERRUPTED, USAGE
from fazai.cli._parser import DEFAULTS, Misused, build, load
from fazai.diagnostic import ExitCode


def parsed(line: str) -> argparse.Namespace:
    return build().parse_args(line.split(), argparse.Namespace(**DEFAULTS))


def test_numbers_written_out_for_a_light_start_are_the_exit_codes() -> None:
    assert (USAGE, INTERRUPTED) == (ExitCode.USAGE, ExitCode.INTERRUPTED)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_with_an_example(name: str) -> None:
    command = load(name)
    assert command.HELP
    assert f"fazai {name}" in command.EXAMPLE


@pytest.mark.parametrize(
    "line", ["--json -C x -q runs list", "runs --json list -C x -q", "runs list -C x -q --json", "-C x runs -q list --json"]
)
def test_common_options_stand_anywhere(line: str) -> None:
    args = parsed(line)
    assert (args.json, args.project, args.quiet, args.debug) == (True, "x", True, False)


def test_inventories_of_all_places_are_gathered_in_order() -> None:
    assert parsed("-i a runs -i b list -i c").inventory == ["a", "b", "c"]


def test_two_lines_do_not_share_inventories() -> None:
    assert (parsed("-i a runs list").inventory, parsed("runs list").inventory) == (["a"], None)


@pytest.mark.parametrize(
    ("line", "summary", "remedy"),
    [
        ("plam x", 'Unknown command "plam"', 'Did you mean "plan"?'),
        ("kb lst", 'Unknown command "lst"', 'Did you mean "list"?'),
        ("schema goal_", 'Unknown FORMAT "goal_"', 'Did you mean "goal"?'),
        ("completion bsh", 'Unknown SHELL "bsh"', 'Did you mean "bash"?'),
        ("zzz", 'Unknown command "zzz"', "Valid: "),
        ("plan", "The following arguments are required: GOAL", "See `fazai plan --help`."),
        ("plan x --jsn", "Unrecognized arguments: --jsn", "See `fazai --help`."),
        ("apply x --accept-risk fire", 'Unknown DANGER "fire"', "Valid: data-loss, lock-out."),
        ("runs replay last --speed 0", "Argument --speed: invalid positive number value: '0'", "See `fazai runs replay --help`."),
    ],
)
def test_a_mistake_names_the_nearest_word(line: str, summary: str, remedy: str) -> None:
    with pytest.raises(Misused) as caught:
        parsed(line)
    assert caught.value.summary == summary
    assert caught.value.remedy.startswith(remedy)


@pytest.mark.parametrize("word", sorted(LATER))
def test_a_command_of_a_later_version_is_said_to_be_one(word: str) -> None:
    with pytest.raises(Misused, match="not in this version"):
        parsed(word)


def test_no_command_is_both_here_and_later() -> None:
    assert not LATER & COMMANDS.keys()
