"""What every kind of check has, and the door by which kinds come in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from fazai.document import Keyed, Kind, Registry
from fazai.task import Task
from fazai.text import texts_in

Path = tuple[str | int, ...]


class Check(Kind):
    """Something that holds on a host, or does not."""

    @abstractmethod
    def title(self) -> str:
        """A claim in a few words, true when the check holds; may hold expressions: `Port 8081 is open`."""

    @abstractmethod
    def tasks(self) -> Sequence[Task]:
        """Tasks that change nothing; the first that fails says that the check does not hold.

        Values from the goal stand in `args` or `variables`, never inside a condition. Registered results are named
        `probe`; the renderer makes the name unique.
        """

    @abstractmethod
    def observation(self, result: Mapping[str, Any]) -> Any:
        """What was seen, as plain data from the first task's result: two of them are compared for `keep`."""

    def not_runnable(self) -> str | None:
        """Why this kind cannot be run yet, or None when it can."""
        return None

    def texts(self) -> list[tuple[Path, str]]:
        """Every text with its path within the check."""
        return list(texts_in(self.model_dump(exclude_none=True), ()))


CHECKS: Final[Registry[Check]] = Registry("check")
AnyCheck = Annotated[Check, Keyed(CHECKS)]
