"""A finding: what, where, why, what to do."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How much a finding matters: an `error` stops, a `warning` is shown, a `note` explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Where(BaseModel):
    """A place in a file or in a value.

    `line` and `column` count from 1, as editors do. `field` is a dotted path such as `accept.0.http.url`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """`file:line:column`, as far as known, or the field where there is no file."""
        if self.file is None:
            return self.field or ""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class Finding(BaseModel):
    """A fault or a remark.

    `summary` is always the same words for the same trouble; `detail` names the thing at hand; `remedy` says what to do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Severity = Severity.ERROR
    summary: str
    detail: str = ""
    where: Where | None = None
    remedy: str = ""

    def __str__(self) -> str:
        """One line for logs and messages of exceptions."""
        place = f"{self.where}: " if self.where and str(self.where) else ""
        tail = " ".join(part for part in (self.detail, self.remedy) if part)
        return f"{place}{self.summary}" + (f": {tail}" if tail else "")
