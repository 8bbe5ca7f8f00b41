"""Data as checked values: every mistake at once, each with its place, what was expected, and the nearest valid word."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from fazai.diagnostic import InvalidFile
from fazai.document import build, parse
from fazai.goal import Goal
from fazai.toolspec import ToolSpec

HEAD = "name: x\ngoal: abc\nhosts: all\n"


def told(model: type[BaseModel], text: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        build(model, parse(text, "f"))
    return [str(finding) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "name: broken\ngoal: [a, b]\nhosts: web\naccpt:\n  - http: {url: x}\n",
            [
                "f:2:1: \"goal\" is not valid: Input should be a valid string; found ['a', 'b'].",
                'f:4:1: Unknown field "accpt": Did you mean "accept"?',
            ],
            id="two at once",
        ),
        pytest.param("", [f'f:1:1: "{n}" is missing: Add "{n}".' for n in ("name", "goal", "hosts")], id="empty"),
        pytest.param("- a", ["f:1:1: The file is not valid: It holds fields with their values; found ['a']."], id="list"),
        pytest.param(HEAD + "accept: [{htp: {}}]", ['f:4:10: Unknown kind "htp": Did you mean "http"?'], id="kind"),
        pytest.param(HEAD + "accept:\n  - http: {}", ['f:5:5: "url" is missing: Add "url".'], id="missing inside a kind"),
        pytest.param(
            HEAD + "accept:\n  - port: {number: 1, adress: x}",
            ['f:5:23: Unknown field "adress": Did you mean "address"?'],
            id="unknown inside a kind",
        ),
        pytest.param(
            HEAD + "accept:\n  - 5",
            ["f:5:5: Item 1 does not say its kind: Write one kind and its fields, as in  package: {names: [nginx]}."],
            id="no kind",
        ),
        pytest.param(
            HEAD + "limits: {max_host: 1, risk: hihg}",
            [
                'f:4:10: Unknown field "max_host": Did you mean "max_hosts"?',
                'f:4:23: "hihg" is not valid for "risk": Did you mean "high"?',
            ],
            id="nested",
        ),
        pytest.param(HEAD + "schema: 2", ['f:4:1: "2" is not valid for "schema": Valid: 1.'], id="another version"),
        pytest.param(
            HEAD + "accept:\n  - http: 7", ['f:5:5: "http" is not valid: It holds fields with their values; found 7.'], id="kind"
        ),
    ],
)
def test_mistakes_of_a_goal(text: str, expected: list[str]) -> None:
    assert told(Goal, text) == expected


def test_mistakes_of_types_in_a_toolspec_come_all_at_once() -> None:
    text = """\
name: x
title: {en: X}
inputs: {a: {type: strr}, b: {defualt: 1}}
steps:
  - packge: {names: [a]}
  - package: {name: [a]}
  - file: {path: x, content: y, mode: 0644}
"""
    assert told(ToolSpec, text) == [
        'f:3:14: "strr" is not valid for "type": Did you mean "str"?',
        'f:3:31: Unknown field "defualt": Did you mean "default"?',
        'f:5:5: Unknown kind "packge": Did you mean "package"?',
        'f:6:15: Unknown field "name": Did you mean "names"?',
        'f:7:12: "path" is not valid: must be an absolute path.',
        'f:7:33: "mode" is not valid: write a file mode in quotes, as in "0644": YAML reads 0644 as the number 420.',
    ]


def test_parts_that_do_not_fit_each_other_come_all_at_once() -> None:
    text = """\
name: x
title: {en: X}
inputs: {platform: {}, result: {}}
steps:
  - file: {path: /x, content: "{{ nope }}", mode: "0644", when: "1 +"}
  - template: {path: /y, source: z.j2}
  - service: {name: x, state: restarted, notify: relod}
  - command: {argv: [x], changed_when: "rc == 0"}
handlers: {reload: {service: {name: x, state: reloaded}}}
"""
    found = [line.removeprefix("f:").partition(":")[0] + " " + line.split(": ")[1] for line in told(ToolSpec, text)]
    assert found == [
        '3 The name "platform" is taken',
        '3 The name "result" is taken',
        "5 An expression leaves the checked subset",
        "5 An expression leaves the checked subset",
        '6 No template "z.j2"',
        "7 A restart as a step would change something at every run",
        '7 No handler "relod"',
        "8 An expression leaves the checked subset",
    ]
