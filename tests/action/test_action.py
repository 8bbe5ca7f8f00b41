"""One line a kind, there and back; a bad line is answered in the validator's words."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter

from fazai.action import Action, DefineToolSpec, UseTool, action_schema, parse_line
from fazai.diagnostic import InvalidFile

LINES = {
    "plan": '{"kind": "plan", "steps": ["static page", "open the port"]}',
    "ask": '{"kind": "ask", "question": "Which port?", "default": "80", "input": "port"}',
    "research": '{"kind": "research", "query": "nginx rate limit"}',
    "shell": '{"kind": "shell", "argv": ["nginx", "-t"]}',
    "toolspec": '{"kind": "toolspec", "toolspec": {"name": "x", "title": {"en": "X"}, "steps": [{"package": {"names": ["a"]}}]}}',
    "use_tool": '{"kind": "use_tool", "name": "static_site", "inputs": {"port": 8081, "content": "Olá \\ud83d\\ude00 {{ x }}"}}',
    "observe": '{"kind": "observe", "summary": "installed"}',
    "commit_kb": '{"kind": "commit_kb", "title": "nginx", "tags": ["web"]}',
    "done": '{"kind": "done", "summary": "page on 8081"}',
}


@pytest.mark.parametrize("kind", LINES)
def test_a_line_of_each_kind_is_read_and_written_again(kind: str) -> None:
    action = parse_line(LINES[kind])
    assert action.kind == kind
    assert parse_line(action.model_dump_json(by_alias=True, exclude_defaults=False)) == action
    assert TypeAdapter[Action](Action).validate_json(action.model_dump_json(by_alias=True)) == action


def test_the_schema_knows_every_kind() -> None:
    assert set(action_schema()["discriminator"]["mapping"]) == set(LINES)
    json.dumps(action_schema())


def test_text_of_a_model_is_data() -> None:
    action = parse_line(LINES["use_tool"])
    assert isinstance(action, UseTool)
    assert action.inputs["content"] == "Olá 😀 {{ x }}"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "It holds fields with their values"),
        ("{", "Not readable as YAML"),
        ("rm -rf /", "It holds fields with their values"),
        ("[]", "It holds fields with their values"),
        ('{"kind": "shel", "argv": ["id"]}', 'Unknown kind "shel": Did you mean "shell"?'),
        ('{"argv": ["id"]}', "does not say its kind"),
        ('{"kind": "shell", "argv": "rm -rf /"}', '"argv" is not valid'),
        ('{"kind": "shell", "argv": []}', "at least 1"),
        ('{"kind": "shell", "argv": ["id"], "sudo": true}', 'Unknown field "sudo"'),
        ('{"kind": "done", "summary": "a"} {"kind": "done", "summary": "b"}', "Not readable as YAML"),
        ('{"kind": "done", "summary": "a"}, "action": {"kind": "done", "summary": "b"}', 'The key "action" stands twice'),
        ('{"kind": "done", "summary": "a"}, "x": 1', 'Unknown field "x"'),
        ('{"kind": "done", "summary": "a", "summary": "b"}', 'The key "summary" stands twice'),
        ('{"kind": "use_tool", "name": "../x"}', '"name" is not valid'),
        ('{"kind": "done", "summary": !!python/name:os.system ""}', "is not allowed here"),
        (
            '{"kind": "toolspec", "toolspec": {"name": "x", "title": {"en": "X"}, "steps": '
            '[{"file": {"path": "/x", "mode": "0644", "content": "{{ lookup(\'pipe\', \'id\') }}"}}]}}',
            "An expression leaves the checked subset: a call is not allowed",
        ),
    ],
)
def test_a_bad_line_is_refused_with_the_reason(line: str, message: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        parse_line(line)
    assert message in str(caught.value)


def test_every_mistake_of_a_line_is_told() -> None:
    with pytest.raises(InvalidFile) as caught:
        parse_line('{"kind": "ask", "quetion": "?", "input": ""}')
    assert len(caught.value.findings) == 3


def test_a_toolspec_is_judged_whole() -> None:
    action = parse_line(LINES["toolspec"])
    assert isinstance(action, DefineToolSpec)
    assert action.toolspec.steps[0].kind == "package"
