"""What every kind of step has, and the door by which kinds come in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Annotated, Any, ClassVar, Final, Self, cast

from pydantic import BeforeValidator, Field

from fazai.document import Keyed, Kind, Registry
from fazai.expression import Unresolvable, resolve
from fazai.task import Task
from fazai.text import Condition, Expression, Line


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

    `any:` as a thing provided means that nobody can say what comes along (a package brings services, files, users).
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

    def texts(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Every text with its path within the step, `when` left out (it is a condition, not a value)."""
        data = self.model_dump(exclude={"when", "notify", "title"}, exclude_none=True)
        titles = [(("title",), self.title)] if self.title is not None else []
        return [*texts_in(data, ()), *titles]

    def resolved(self, values: Mapping[str, Any]) -> Self:
        """The same step with every expression replaced by its value, as far as inputs alone can say."""
        data = {
            name: resolve_all(value, values) for name, value in self.model_dump(exclude={"for_each", "when", "title"}).items()
        }
        return cast("Self", self.model_construct(**{**self.__dict__, **data}))


def texts_in(value: Any, path: tuple[str | int, ...]) -> Sequence[tuple[tuple[str | int, ...], str]]:
    """Every text within plain data, with its path; keys of mappings are not texts."""
    match value:
        case str():
            return [(path, value)]
        case Mapping():
            return [found for key, item in value.items() for found in texts_in(item, (*path, key))]
        case list() | tuple():
            return [found for i, item in enumerate(value) for found in texts_in(item, (*path, i))]
        case _:
            return []


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


STEPS: Final[Registry[Step]] = Registry("step")
AnyStep = Annotated[Step, Keyed(STEPS)]
