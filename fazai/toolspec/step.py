"""What every kind of step has, and the door by which kinds come in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import BeforeValidator, Field, ValidationError

from fazai.document import Keyed, Kind, Registry
from fazai.expression import Body, Unresolvable, names_in, resolve
from fazai.task import Task
from fazai.text import Condition, Expression, Line, texts_in

Path = tuple[str | int, ...]


class Prediction(StrEnum):
    """What check mode can say of a step.

    `exact`: it says what apply will do. `after_needs`: it does once what the step needs is really there (the service of a
    package that is only predicted cannot be looked at). `never`: check mode skips it.
    """

    EXACT = "exact"
    AFTER_NEEDS = "after_needs"
    NEVER = "never"


class RiskLevel(IntEnum):
    """How much a step can hurt."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Danger(StrEnum):
    """A danger that needs the person's explicit word, whatever the policy says."""

    DATA_LOSS = "data-loss"
    LOCK_OUT = "lock-out"


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A risk by rule: its level, why, and whether a person must say the word."""

    level: RiskLevel
    reason: str
    danger: Danger | None = None


@dataclass(frozen=True, order=True)
class Resource:
    """Something on a host: `path:/etc/motd`, `package:nginx`, `service:nginx`, `user:ana`, `group:web`.

    `any:` as a thing provided means that nobody can say what comes along (a package brings services, files, users); as a
    thing needed, that nobody can say which of the earlier steps this one builds on.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        """`kind:name`."""
        return f"{self.kind}:{self.name}"


ANYTHING: Final = Resource("any", "")


@dataclass(frozen=True, kw_only=True)
class Undo:
    """How a step is taken back: from the before-image of what it touched, by inverse tasks, or not at all."""

    how: str
    restores: tuple[Resource, ...] = ()
    possible: bool = True


def _listed(value: Any) -> Any:
    """One name may be written without its list."""
    return (value,) if isinstance(value, str) else value


class Step(Kind):
    """One thing to do. The fields here are common to all kinds.

    `for_each` is an expression over an input that is a list; the step may then name `item`. `notify` names handlers of the
    toolspec, run once at the end when the step changed something.
    """

    title: Line | None = Field(default=None, description="What a person reads while it runs; made from the fields when left out")
    when: Condition | None = Field(default=None, description="Bare condition over inputs and facts")
    for_each: Expression | None = Field(default=None, description="List to repeat the step for; name its item as item")
    notify: Annotated[tuple[Line, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Handlers to run at the end if this changed something"
    )

    prediction: ClassVar[Prediction] = Prediction.EXACT

    def predicted(self) -> Prediction:
        """The same for this very step, where its fields decide."""
        return self.prediction

    @abstractmethod
    def default_title(self) -> str:
        """A short sentence in the imperative; may hold expressions."""

    @abstractmethod
    def tasks(self) -> Sequence[Task]:
        """The Ansible tasks, without what is common (`when`, loop, notify): `common()` adds that."""

    @abstractmethod
    def touches(self) -> tuple[Resource, ...]:
        """What it may change on a host."""

    def needs(self) -> tuple[Resource, ...]:
        """What must be there before check mode can judge it."""
        return ()

    def provides(self) -> tuple[Resource, ...]:
        """What is there afterwards that was perhaps not before; `ANYTHING` where nobody can say."""
        return self.touches()

    @abstractmethod
    def undo(self) -> Undo:
        """How it is taken back."""

    def risks(self) -> tuple[Risk, ...]:
        """What can go wrong by rule; none means low."""
        return ()

    @property
    def heading(self) -> str:
        """The title a person reads."""
        return self.title or self.default_title()

    def texts(self) -> list[tuple[Path, str]]:
        """Every text with its path within the step, conditions left out: see `conditions()`."""
        conditions = {str(path[0]) for path, _text in self.conditions()}
        data = self.model_dump(exclude={"when", "notify", "title", *conditions}, exclude_none=True, warnings=False)
        titles = [(("title",), self.title)] if self.title is not None else []
        return [*texts_in(data, ()), *titles]

    def conditions(self) -> list[tuple[Path, str]]:
        """Every bare condition among the kind's own fields (`when` is common, so not here); it may name `result` besides."""
        return []

    def template_name(self) -> str | None:
        """Which of the toolspec's templates it renders, if any."""
        return None

    def resolved(self, values: Mapping[str, Any]) -> Self:
        """The same step with every expression replaced by its value, as far as inputs alone can say."""
        data = {name: resolve_all(value, values) for name, value in self._own().items()}
        return self.model_copy(update=data)

    def each(self, values: Mapping[str, Any]) -> tuple[Self, ...]:
        """The step resolved once for every item of `for_each`; once where it has none, or where only a host knows the list.

        Where given values alone say that `when` does not hold, the step is left out: it will do nothing.
        """
        items = resolve_all(self.for_each, values) if self.for_each is not None else None
        scopes = [{**values, "item": item} for item in items] if isinstance(items, list | tuple) else [values]
        return tuple(self.resolved(scope) for scope in scopes if self._may_hold(scope))

    def _may_hold(self, values: Mapping[str, Any]) -> bool:
        """Whether `when` can hold. A name without a value may be a fact, or be given on the host: then it can."""
        if self.when is None or not names_in(self.when, Body.CONDITION) <= set(values):
            return True
        try:
            return bool(resolve(self.when, values, Body.CONDITION))
        except Unresolvable:
            return True

    def misfits(self, values: Mapping[str, Any]) -> list[tuple[Path, str]]:
        """What is wrong with the values its texts will have: a form that was put off while it was an expression.

        Each is (path within the step, what it must be). `values` holds no secrets: nobody knows them here.
        """
        found: dict[tuple[Path, str], None] = {}
        written = {path for path, _text in texts_in(self._own(), ())}
        for one in self.each(values):
            data = one.model_dump(warnings=False)
            aliased = {type(self).model_fields[name].alias or name: value for name, value in _as_text(data, (), written).items()}
            try:
                type(self).model_validate(aliased)
            except ValidationError as error:
                found.update({_misfit(item["loc"], item["msg"]): None for item in error.errors(include_url=False)})
        return list(found)

    def _own(self) -> dict[str, Any]:
        return self.model_dump(exclude=_COMMON, warnings=False)


def _misfit(loc: Path, message: str) -> tuple[Path, str]:
    """pydantic's place and words, without the names of a union's branches and of its own error."""
    path = tuple(part for part in loc if isinstance(part, int) or not set("[]()") & set(part))
    return path, message.removeprefix("Value error, ")


def _as_text(value: Any, path: Path, written: Collection[Path]) -> Any:
    """Plain data in which a number that came from a text is text again, as Ansible will write it there."""
    match value:
        case Mapping():
            return {key: _as_text(item, (*path, key), written) for key, item in value.items()}
        case list() | tuple():
            return [_as_text(item, (*path, i), written) for i, item in enumerate(value)]
        case bool() | int() | float() if path in written:
            return str(value)
        case _:
            return value


def resolve_all(value: Any, values: Mapping[str, Any]) -> Any:
    """Plain data with every text resolved; what only a host knows stays as written."""
    match value:
        case str():
            try:
                return resolve(value, values)
            except Unresolvable:
                return value
        case Mapping():
            return {key: resolve_all(item, values) for key, item in value.items()}
        case list() | tuple():
            return type(value)(resolve_all(item, values) for item in value)
        case _:
            return value


_COMMON: Final = {"for_each", "when", "title", "notify"}
STEPS: Final[Registry[Step]] = Registry("step")
AnyStep = Annotated[Step, Keyed(STEPS)]
