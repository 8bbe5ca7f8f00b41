"""Words by which a goal calls for a toolspec.

A goal's text is reduced to concepts (see `fazai/recall`). A toolspec can serve a goal whose concepts include one of each group
of `needs`, and which speaks of nothing beyond `needs` and `covers`.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class RecallWords(BaseModel):
    """Concepts by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    needs: tuple[tuple[str, ...], ...] = Field(default=(), description="Groups of concepts; the goal must name one of each")
    covers: tuple[str, ...] = Field(default=(), description="Further concepts that this toolspec takes care of")
