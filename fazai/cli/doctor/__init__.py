"""What `fazai doctor` looks at: the machine (`machine.py`) and the project (`project.py`). Each look is a function.

A look that itself fails is an error of its own, and the others still take place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazai.cli.doctor.machine import machine_looks
from fazai.cli.doctor.project import project_checkups
from fazai.cli.views import Checkup


def checkups(*, deep: bool, inventory: Sequence[str] | None) -> Iterator[Checkup]:
    """Every look, one after the other."""
    for name, look in machine_looks(deep=deep).items():
        try:
            yield look()
        except Exception as error:  # noqa: BLE001 -- told as what it is, and the next look follows
            yield Checkup(name=name, state="error", text=f"{type(error).__name__}: {error}", remedy="This is a fault of FazAI's.")
    yield from project_checkups(inventory)


__all__ = ["checkups"]
