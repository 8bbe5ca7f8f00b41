"""Plans by hash, with what belongs to them: preview, approval, verification."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from fazai.diagnostic import Finding, InvalidFile, UsageError, Where
from fazai.outcome import Approval, Preview, Verification
from fazai.plan import Plan
from fazai.project.files import private_directory, write_atomically

M = TypeVar("M", bound=BaseModel)


class _Findings(BaseModel):
    findings: tuple[Finding, ...] = ()


class PlanStore:
    """`.fazai/plans/<hash>/`, and `.fazai/plans/latest/<goal>`, which holds the hash of a goal's newest plan."""

    def __init__(self, state: Path) -> None:
        self._directory = private_directory(state / "plans")

    def save(self, plan: Plan) -> None:
        """Keep a plan, and make it its goal's newest."""
        self._write(plan.hash, "plan.json", plan.canonical_bytes())
        latest = private_directory(self._directory / "latest")
        write_atomically(latest / plan.goal.name, plan.hash, mode=0o600)

    def load(self, prefix: str) -> Plan:
        """The plan whose hash begins so (at least 6 digits). Raises `UsageError` when none or several do."""
        found = [name for name in self._hashes() if name.startswith(prefix)] if len(prefix) >= 6 else []
        if len(found) != 1:
            raise UsageError(
                Finding(
                    summary="No such plan" if not found else "Several plans begin so",
                    detail=f'"{prefix}".',
                    remedy="Make one with `fazai plan GOAL`, or give more digits of its hash.",
                )
            )
        plan = self._read(found[0], "plan.json", Plan)
        if plan is None or plan.hash != found[0]:
            raise InvalidFile(
                Finding(
                    summary="A stored plan was changed",
                    where=Where(file=str(self._directory / found[0] / "plan.json")),
                    remedy="Remove it and plan again: its hash no longer fits.",
                )
            )
        return plan

    def latest(self, goal_name: str) -> Plan | None:
        """The newest plan of a goal, or None."""
        path = self._directory / "latest" / goal_name
        return self.load(path.read_text()) if path.is_file() else None

    def newest(self) -> Plan | None:
        """The newest plan of all, or None."""
        latest = self._directory / "latest"
        found = latest.glob("[!.]*") if latest.is_dir() else ()  # what begins with a dot was never finished
        files = sorted(found, key=lambda file: file.stat().st_mtime_ns)
        return self.load(files[-1].read_text()) if files else None

    def directory(self, plan: Plan) -> Path:
        """The directory of what belongs to a plan."""
        return private_directory(self._directory / plan.hash)

    def save_preview(self, preview: Preview) -> None:
        """Keep a preview; an approval of an older one is no longer good and goes."""
        (self._directory / preview.plan_hash / "approval.json").unlink(missing_ok=True)
        self._dump(preview.plan_hash, "preview.json", preview)

    def preview(self, plan: Plan) -> Preview | None:
        """The newest preview of a plan."""
        return self._read(plan.hash, "preview.json", Preview)

    def save_approval(self, approval: Approval) -> None:
        """Keep an approval."""
        self._dump(approval.plan_hash, "approval.json", approval)

    def approval(self, plan: Plan) -> Approval | None:
        """The approval of a plan."""
        return self._read(plan.hash, "approval.json", Approval)

    def save_deviations(self, plan: Plan, findings: Sequence[Finding]) -> None:
        """Keep what the last apply did otherwise than its preview said."""
        self._dump(plan.hash, "deviations.json", _Findings(findings=tuple(findings)))

    def deviations(self, plan: Plan) -> tuple[Finding, ...]:
        """What the last apply did otherwise than its preview said."""
        kept = self._read(plan.hash, "deviations.json", _Findings)
        return kept.findings if kept else ()

    def save_verification(self, verification: Verification) -> None:
        """Keep a verification."""
        self._dump(verification.plan_hash, "verification.json", verification)

    def verification(self, plan: Plan) -> Verification | None:
        """The newest verification of a plan."""
        return self._read(plan.hash, "verification.json", Verification)

    def _hashes(self) -> list[str]:
        return [entry.name for entry in self._directory.iterdir() if len(entry.name) == 64]

    def _dump(self, plan_hash: str, name: str, value: BaseModel) -> None:
        self._write(plan_hash, name, value.model_dump_json(by_alias=True, indent=1).encode())

    def _write(self, plan_hash: str, name: str, data: bytes) -> None:
        write_atomically(private_directory(self._directory / plan_hash) / name, data, mode=0o600)

    def _read(self, plan_hash: str, name: str, model: type[M]) -> M | None:
        path = self._directory / plan_hash / name
        if not path.is_file():
            return None
        try:
            return model.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise InvalidFile(
                Finding(
                    summary="A stored file cannot be read back",
                    detail=f"{error.error_count()} mistakes, the first: {error.errors()[0]['msg']}.",
                    where=Where(file=str(path)),
                    remedy="Remove it; the next command writes it anew.",
                )
            ) from error
