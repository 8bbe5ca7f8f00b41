"""A text in English and Portuguese."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Translated(BaseModel):
    """The same text in the languages a user may read; English stands in where the other is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str = ""
    pt: str = ""

    def __str__(self) -> str:
        """The English text."""
        return self.en
