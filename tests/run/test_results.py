from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazai.run._results import cut, reduced

SCALAR = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
WORDS = st.sampled_from(["before", "after", "item", "invocation", "x"])
PLAIN = (
    SCALAR
    | st.lists(SCALAR | st.dictionaries(WORDS, SCALAR, max_size=3), max_size=3)
    | st.dictionaries(WORDS, SCALAR, max_size=3)
)


@pytest.mark.parametrize(
    ("given_result", "told"),
    [
        ({"changed": True, "invocation": {"module_args": {"password": "x"}}}, {"changed": True}),
        ({"cmd": ["mysql", "-psecret"], "rc": 1}, {"rc": 1}),
        ({"exception": "Traceback", "msg": "no"}, {"msg": "no"}),
        ({"results": [{"item": "a", "invocation": {}, "changed": True}]}, {"results": [{"item": "a", "changed": True}]}),
        ({"results": ["line one", "line two"]}, {"results": ["line one", "line two"]}),
        ({"status": {"ActiveState": "active", "Environment": "TOKEN=x"}}, {"status": {"ActiveState": "active"}}),
        ({"status": 200}, {"status": 200}),
        ({"stat": {"exists": True, "atime": 1.5}}, {"stat": {"exists": True}}),
        (
            {"files": [{"path": "/a", "uid": 0, "atime": 1.5}, {"path": "/b"}]},
            {"files": [{"path": "/a", "uid": 0}, {"path": "/b"}]},
        ),
        ({"diff": {"before": "a\n", "after": "b\n"}}, {"diff": [{"before": "a\n", "after": "b\n"}]}),
        ({"diff": [{"before": "same", "after": "same"}]}, {}),
        (
            {"diff": [{"before": "", "after": "", "dst_larger": 104448}]},
            {"diff": [{"before": "", "after": "", "dst_larger": 104448}]},
        ),
        ({"diff": [{"prepared": "+ line"}]}, {"diff": [{"prepared": "+ line"}]}),
        (
            {"diff": {"before": {"mode": "0600"}, "after": {"mode": "0644"}}},
            {"diff": [{"before": {"mode": "0600"}, "after": {"mode": "0644"}}]},
        ),
    ],
)
def test_a_result_is_cut_down_to_what_is_needed(given_result: dict[str, Any], told: dict[str, Any]) -> None:
    assert reduced(given_result) == told


def test_long_texts_are_cut_with_a_mark() -> None:
    told = reduced({"stdout": "x" * 12_000, "diff": {"before": "", "after": "y" * 120_000}})
    assert told["stdout"].endswith("\n[... 2000 more characters]\n")
    assert told["diff"][0]["after"].endswith("\n[... 20000 more characters]\n")


def test_content_is_told_with_the_hash_of_the_whole() -> None:
    content = "page " * 5000
    told = reduced({"content": content})
    assert told["content_sha256"] == hashlib.sha256(content.encode()).hexdigest()
    assert len(told["content"]) < len(content)


@given(
    st.dictionaries(st.sampled_from(["msg", "diff", "results", "stat", "status", "files", "content", "invocation", "x"]), PLAIN)
)
def test_whatever_a_module_returns_can_be_told(result: dict[str, Any]) -> None:
    once = reduced(result)
    assert "invocation" not in once
    assert "x" not in once
    assert all("invocation" not in item for item in once.get("results", []) if isinstance(item, dict))


def test_a_short_text_stays_whole() -> None:
    assert cut("short", 5) == "short"


def test_why_facts_could_not_be_gathered_is_told() -> None:
    given = {
        "msg": "The following modules failed to execute: setup.",
        "failed_modules": {"setup": {"module_stderr": "no python\n"}},
    }
    assert reduced(given) == {"msg": "The following modules failed to execute: setup. no python"}
