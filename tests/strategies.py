"""Hypothesis strategies for the values that are stored. They draw from what is valid, odd text included."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from hypothesis import strategies as st

from fazai.diagnostic import Finding, Severity, Where
from fazai.goal import Goal
from fazai.outcome import Diff, Entry, EntryStatus, Level, Preview, TaskPreview, TaskStatus
from fazai.plan import Origin, Plan, Source, Use
from fazai.toolspec import Step, ToolSpec
from tests.toolspec.support import step_of

# Any text that a field of many lines takes: no control characters, no half surrogates; quotes, accents, YAML's own marks.
odd = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="{\u2028\u2029"),
        st.sampled_from(":#'\"-?&*!|>%@`[]},\n\t \u00a0\ufeff"),
    ),
    max_size=40,
)
literals = odd.map(lambda text: text.replace("{", "("))
lines = literals.map(lambda text: text.replace("\n", " ").replace("\t", " ")).filter(bool)
words = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
unix_names = st.from_regex(r"[a-z_][a-z0-9_-]{0,30}", fullmatch=True)
paths = st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,11}", fullmatch=True), min_size=1, max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)
modes = st.from_regex(r"0[0-7]{3}", fullmatch=True)
plain = st.recursive(
    st.one_of(literals, st.booleans(), st.integers(-(2**40), 2**40)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=6,
)


def _step(kind: str, **fields: Any) -> st.SearchStrategy[Step]:
    common = {"title": lines, "when": st.just("port > 1")}
    return st.fixed_dictionaries(fields, optional=common).map(lambda data: step_of({kind: data}))


steps: st.SearchStrategy[Step] = st.one_of(
    _step("file", path=paths, content=literals, mode=modes),
    _step("directory", path=paths, owner=unix_names, recurse=st.booleans()),
    _step("line", path=paths, line=lines, state=st.sampled_from(["present", "absent"])),
    _step("block", path=paths, label=st.just("a block"), block=literals.filter(bool)),
    _step("user", name=unix_names, groups=st.lists(unix_names, max_size=3)),
    _step("group", name=unix_names, gid=st.one_of(st.integers(1, 60000), st.just("{{ port }}"))),
    _step("cron", name=lines, job=lines, minute=st.integers(0, 59)),
    _step("package", names=st.lists(st.from_regex(r"[a-z0-9][a-z0-9.+-]{1,20}", fullmatch=True), min_size=1, max_size=3)),
    _step("service", name=words, state=st.sampled_from(["started", "stopped"]), enabled=st.booleans()),
    _step("module", name=st.just("community.general.thing"), args=st.dictionaries(words, plain, max_size=3)),
    _step("command", argv=st.lists(lines, max_size=3).map(lambda rest: ["/opt/x", *rest]), changed_when=st.booleans()),
)
toolspecs: st.SearchStrategy[ToolSpec] = st.builds(
    lambda name, title, step_list, content, tags: ToolSpec.model_validate(
        {
            "name": name,
            "title": {"en": title},
            "inputs": {"port": {"type": "int", "default": 80}, "text": {"default": content}, "secret": {"secret": True}},
            "steps": step_list,
            "handlers": {"reload x": {"service": {"name": "x", "state": "reloaded"}}},
            "templates": {"x.j2": "port {{ port }}\n"},
            "tags": tags,
        }
    ),
    words,
    st.from_regex(r"[A-Za-z][A-Za-z ]{0,30}", fullmatch=True),
    st.lists(steps, min_size=1, max_size=4),
    literals,
    st.lists(words, max_size=3),
)
checks = st.one_of(
    st.builds(lambda number: {"port": {"number": number}}, st.integers(1, 65535)),
    st.builds(lambda text: {"http": {"url": "http://localhost/", "contains": text}}, literals),
    st.builds(lambda argv: {"command": {"argv": argv}}, st.lists(literals, min_size=1, max_size=3)),
    st.builds(lambda path, text: {"file": {"path": path, "contains": text}}, paths, literals),
)
goals: st.SearchStrategy[Goal] = st.builds(
    lambda name, text, inputs, accept, keep: Goal.model_validate(
        {"name": name, "goal": text, "hosts": "all", "inputs": inputs, "accept": accept, "keep": keep}
    ),
    st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True),
    literals.filter(lambda text: len(text) >= 3),
    st.dictionaries(words, plain, max_size=3),
    st.lists(checks, max_size=3),
    st.lists(checks, max_size=2),
)
origins = st.builds(Origin, source=st.sampled_from(Source), name=words, why=literals)
uses: st.SearchStrategy[Use] = st.builds(
    Use,
    toolspec=toolspecs,
    inputs=st.fixed_dictionaries({"port": st.integers(1, 65535), "text": literals}),
    origin=origins,
    inputs_from=st.just({"port": "goal", "text": "default"}),
)
plans: st.SearchStrategy[Plan] = st.builds(Plan, goal=goals, uses=st.lists(uses, min_size=1, max_size=2).map(tuple))
moments = st.datetimes(timezones=st.just(UTC))
findings = st.builds(
    Finding,
    severity=st.sampled_from(Severity),
    summary=lines,
    detail=literals,
    where=st.none() | st.builds(Where, file=lines, line=st.integers(1, 9999), column=st.integers(1, 999), field=lines),
    remedy=literals,
)
task_previews = st.builds(
    TaskPreview,
    host=words,
    key=words,
    task=lines,
    status=st.sampled_from(TaskStatus),
    reason=literals,
    after=st.lists(lines, max_size=2).map(tuple),
    diffs=st.lists(st.builds(Diff, before=literals, after=literals), max_size=2).map(tuple),
)
previews: st.SearchStrategy[Preview] = st.builds(
    Preview,
    plan_hash=words,
    run_id=words,
    at=moments,
    hosts=st.lists(words, max_size=2).map(tuple),
    tasks=st.lists(task_previews, max_size=3).map(tuple),
)
entries: st.SearchStrategy[Entry] = st.builds(
    Entry,
    id=words,
    status=st.sampled_from(EntryStatus),
    title=lines,
    goal_text=literals,
    uses=st.lists(uses, min_size=1, max_size=1).map(tuple),
    level=st.sampled_from(Level),
    plan_hash=words,
    run_id=words,
    hosts=st.just(("a",)),
    at=moments,
)
