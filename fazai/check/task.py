"""What a verdict must know of a rendered task."""

from __future__ import annotations

from dataclasses import dataclass

from fazai.toolspec import Prediction


@dataclass(frozen=True, kw_only=True)
class JudgedTask:
    """One rendered task, in the order in which the play runs them.

    `place` is `FILE:LINE` in the rendered tree, as in events. `after` are the places of the earlier tasks whose change it
    waits for. `hidden`: its diff could show a secret. `conditional`: its condition names the result of an earlier task, so
    that it may come out differently once that one has run for real (a condition over inputs and facts does not).
    `refreshes_index`: apply fetches the package index first, check mode does not.
    """

    place: str
    title: str
    role: str = ""
    handler: bool = False
    after: tuple[str, ...] = ()
    hidden: bool = False
    prediction: Prediction = Prediction.EXACT
    conditional: bool = False
    refreshes_index: bool = False
