"""Missing inputs as YAML that can be pasted into a goal."""

from __future__ import annotations

from collections.abc import Sequence

from fazai.cli._clean import one_line
from fazai.diagnostic import Finding


def pasteable(findings: Sequence[Finding]) -> str:
    """`inputs:` with a line for each, its help as a comment."""
    lines = ["inputs:"]
    for finding in findings:
        if finding.where is not None and finding.where.field is not None:
            help_text = one_line(" ".join(finding.detail.split()))
            lines.append(f"  {finding.where.field.rpartition('.')[2]}:" + (f"   # {help_text}" if help_text else ""))
    return "\n".join(lines)
