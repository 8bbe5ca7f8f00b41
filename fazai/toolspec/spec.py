"""The toolspec itself, and the rules by which its parts fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from fazai.acceptance import AnyCheck
from fazai.diagnostic import did_you_mean
from fazai.expression import FACTS, Body, ExpressionError, check, names_in
from fazai.task import Platform
from fazai.toolspec.inputs import Input
from fazai.toolspec.recall import RecallWords
from fazai.toolspec.step import AnyStep, Step
from fazai.toolspec.steps.service import HANDLER_ONLY, Service
from fazai.toolspec.translated import Translated

Path = tuple[str | int, ...]
Problem = tuple[Path, str, str]
RESERVED: Final = frozenset(
    {"item", "loop", "omit", "vars", "ansible_facts", "hostvars", "groups", "inventory_hostname", "result", "probe"}
)


def _plain(title: Translated) -> Translated:
    for text in (title.en, title.pt):
        if re.search(r"[{}\x00-\x1f\x7f]", text):
            raise ValueError("a title is plain words, without braces")
    if not title.en:
        raise ValueError("a title needs English words (en)")
    return title


Title = Annotated[Translated, AfterValidator(_plain)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


class ToolSpec(BaseModel):
    """A repeatable capability. `templates` holds the text of each template by name, so that the value is whole in itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(default=1, alias="schema")
    name: Identifier
    title: Title
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")] = "1.0.0"
    platforms: tuple[Platform, ...] = (Platform.DEBIAN, Platform.REDHAT)
    become: bool = Field(default=True, description="Whether the steps need root")
    inputs: Mapping[Identifier, Input] = Field(default_factory=dict)
    steps: tuple[AnyStep, ...] = Field(min_length=1)
    handlers: Mapping[str, AnyStep] = Field(default_factory=dict)
    templates: Mapping[str, str] = Field(default_factory=dict)
    accept: tuple[AnyCheck, ...] = ()
    tags: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")], ...] = ()
    recall: RecallWords = RecallWords()

    def secret_inputs(self) -> frozenset[str]:
        """Names of the inputs whose value, or part of it, is secret."""
        return frozenset(name for name, spec in self.inputs.items() if spec.has_secret)

    def names(self) -> frozenset[str]:
        """What its expressions may name."""
        return frozenset(self.inputs) | frozenset(FACTS)

    def step_names(self, step: Step) -> frozenset[str]:
        """Every input or fact a step depends on: in its texts, its condition, its loop and its template."""
        found: set[str] = set()
        for _path, text in step.texts():
            found |= names_in(text)
        if step.when is not None:
            found |= names_in(step.when, Body.CONDITION)
        if step.for_each is not None:
            found |= names_in(step.for_each)
        for _path, text in step.conditions():
            found |= names_in(text, Body.CONDITION)
        if (template := step.template_name()) is not None:
            found |= names_in(self.templates[template], Body.TEMPLATE)
        return frozenset(found)

    def uses_secret(self, step: Step) -> bool:
        """Whether a step's output could show a secret."""
        return bool(self.step_names(step) & self.secret_inputs())

    def problems(self) -> Iterable[Problem]:
        """Every misfit of its parts, with the path of the field."""
        yield from self._name_problems()
        for i, step in enumerate(self.steps):
            yield from self._step_problems(step, ("steps", i, step.kind))
            if isinstance(step, Service) and step.state in HANDLER_ONLY:
                yield (
                    ("steps", i, step.kind, "state"),
                    "A restart as a step would change something at every run",
                    "Make it a handler and notify it from the step that writes the configuration.",
                )
            for n, handler in enumerate(step.notify):
                if handler not in self.handlers:
                    yield (
                        ("steps", i, step.kind, "notify", n),
                        f'No handler "{handler}"',
                        did_you_mean(handler, self.handlers),
                    )
        for name, handler_step in self.handlers.items():
            yield from self._step_problems(handler_step, ("handlers", name, handler_step.kind))
        yield from self._template_problems()
        for i, accepted in enumerate(self.accept):
            yield from _text_problems(accepted.texts(), self.names(), ("accept", i, accepted.kind))

    def _name_problems(self) -> Iterable[Problem]:
        for name in self.inputs:
            if name in FACTS or name in RESERVED:
                yield (
                    ("inputs", name),
                    f'The name "{name}" is taken',
                    "It is a fact, or a word of Ansible's: choose another name for the input.",
                )
        if len(set(self.handlers)) != len({name.casefold() for name in self.handlers}):
            yield ("handlers",), "Two handlers differ in case only", "Give them different names."

    def _step_problems(self, step: Step, path: Path) -> Iterable[Problem]:
        names = self.names() | ({"item"} if step.for_each else frozenset())
        yield from _text_problems(step.texts(), names, path)
        if step.when is not None:
            yield from _judged(step.when, names, (*path, "when"), Body.CONDITION)
        if step.for_each is not None:
            yield from _judged(step.for_each, self.names(), (*path, "for_each"), Body.VALUE)
        for inner, text in step.conditions():
            yield from _judged(text, names | {"result"}, (*path, *inner), Body.CONDITION)
        template = step.template_name()
        if template is not None and template not in self.templates:
            yield (*path, "source"), f'No template "{template}"', did_you_mean(template, self.templates)

    def _template_problems(self) -> Iterable[Problem]:
        looped = any(step.template_name() and step.for_each for step in self.steps)
        names = self.names() | ({"item"} if looped else frozenset())
        for name, body in self.templates.items():
            yield from _judged(body, names, ("templates", name), Body.TEMPLATE)


def _text_problems(texts: Iterable[tuple[Path, str]], names: frozenset[str], path: Path) -> Iterable[Problem]:
    for inner, text in texts:
        yield from _judged(text, names, (*path, *inner), Body.VALUE)


def _judged(text: str, names: frozenset[str], path: Path, body: Body) -> Iterable[Problem]:
    try:
        check(text, names, body)
    except ExpressionError as error:
        yield path, "An expression leaves the checked subset", f"{error}."


def canonical(spec: ToolSpec) -> dict[str, Any]:
    """Plain data of a toolspec without defaults: what is hashed, stored and written as YAML."""
    return spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
