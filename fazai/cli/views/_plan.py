"""A plan as a person reads it: what for, with what, at which risk, and where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fazai.cli._clean import one_line
from fazai.cli.views._screen import Line, Span, dim, strong
from fazai.cli.views._toolspec import Language, inputs_of, said
from fazai.plan import Plan
from fazai.policy import dangers, reasons

if TYPE_CHECKING:
    from fazai.flow import Planned

_MOST_HOSTS = 12


def plan_lines(planned: Planned, language: Language) -> list[Line]:
    """What stands below the plan's head."""
    plan = planned.plan
    lines: list[Line] = [("  ", dim("hosts  "), some(planned.hosts))]
    for use in plan.uses:
        lines.append(("  ", dim("use    "), strong(use.toolspec.name), f"  {said(use.toolspec.title, language)}"))
        if use.origin.why:
            lines.append(("         ", dim(one_line(use.origin.why))))
        lines.extend(("         ", *line) for line in inputs_of(use))
        lines.extend(("         ", dim("- "), one_line(step.heading)) for step in use.resolved_steps())
    lines.extend(risk_lines(plan))
    lines.extend(("  ", dim("wrote  "), text) for text in _written(planned.files))
    return lines


def risk_lines(plan: Plan) -> list[Line]:
    """Its risks with their reasons, the dangers that need a word, the secrets that will be read, the checks that will be run."""
    lines: list[Line] = [("  ", dim("risk   "), f"{risk.level.name.lower()}: {one_line(risk.reason)}") for risk in reasons(plan)]
    lines.extend(("  ", dim("danger "), Span(danger.value, "bold red")) for danger in dangers(plan))
    lines.extend(("  ", dim("secret "), f"{one_line(reference)} will be read") for reference in plan.secrets())
    lines.extend(("  ", dim("accept "), one_line(check.title())) for check in plan.goal.accept)
    lines.extend(("  ", dim("keep   "), one_line(check.title())) for check in plan.goal.keep)
    return lines


def some(hosts: Sequence[str]) -> str:
    """The first hosts by name, the rest as a number."""
    more = len(hosts) - _MOST_HOSTS
    return one_line(", ".join(hosts[:_MOST_HOSTS])) + (f" and {more} more" if more > 0 else "")


def _written(files: Sequence[Path]) -> list[str]:
    """Playbooks and other single files by name, roles and scenarios by their directory."""
    here = Path.cwd()
    names = [file.relative_to(here) if file.is_relative_to(here) else file for file in files]
    short = [f"{Path(*name.parts[:2])}/" if len(name.parts) > 2 and not name.is_absolute() else str(name) for name in names]
    return [one_line(name) for name in dict.fromkeys(short)]
