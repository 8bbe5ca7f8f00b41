"""The stand-in: plays back what was recorded."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from pathlib import Path

from fazai.diagnostic import Finding, UsageError
from fazai.outcome import Event, EventKind
from fazai.run.job import Job


class RememberedRunner:
    """Plays recordings back, one for each run in turn; promises what `Runner` says, but touches nothing.

    `inventory` says what each pattern means; a pattern it does not know matches nothing. `jobs` collects what was asked for.
    `pace` stretches the pauses between events: 0 plays at once, 1 as it was. `sleep` does the pausing.
    """

    def __init__(
        self,
        *recordings: Iterable[Event],
        inventory: Mapping[str, Sequence[str]] | None = None,
        versions: Mapping[str, str] | None = None,
        pace: float = 0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._recordings = [tuple(recording) for recording in recordings]
        self._inventory = {pattern: tuple(hosts) for pattern, hosts in (inventory or {}).items()}
        self._versions = dict(versions or {"ansible-core": "remembered"})
        self._pace = pace
        self._sleep = sleep
        self.jobs: list[Job] = []

    def run(self, job: Job) -> Generator[Event, None, None]:
        """See `Runner.run`."""
        self.jobs.append(job)
        if not self._recordings:
            raise UsageError(
                Finding(
                    summary="There is nothing more to play back",
                    detail=f"This is run {len(self.jobs)}, and {len(self.jobs) - 1} were recorded.",
                    remedy="Record one run for each that is asked for.",
                )
            )
        return self._played(self._recordings.pop(0))

    def _played(self, recording: Sequence[Event]) -> Generator[Event, None, None]:
        seq = 0
        try:
            for seq, event in enumerate(recording, start=1):
                if seq > 1 and self._pace:
                    pause = (event.at - recording[seq - 2].at).total_seconds()
                    self._sleep(max(0.0, pause) * self._pace)
                yield event.model_copy(update={"seq": seq})
        except KeyboardInterrupt:
            result: dict[str, object] = {"rc": None, "status": "interrupted", "hosts": {}}
            yield Event(kind=EventKind.RUN_FINISHED, seq=seq + 1, text="interrupted", result=result)
            raise

    def versions(self) -> Mapping[str, str]:
        """See `Runner.versions`."""
        return self._versions

    def hosts(
        self,
        inventory: Sequence[str],  # noqa: ARG002 -- the seam's
        pattern: str,
        cwd: Path,  # noqa: ARG002
        *,
        vault_password_file: str | None = None,  # noqa: ARG002
    ) -> tuple[str, ...]:
        """See `Runner.hosts`."""
        return self._inventory.get(pattern, ())

    def targets(
        self,
        inventory: Sequence[str],  # noqa: ARG002 -- the seam's
        hosts: Sequence[str],
        cwd: Path,  # noqa: ARG002
        *,
        vault_password_file: str | None = None,  # noqa: ARG002
    ) -> Mapping[str, str]:
        """See `Runner.targets`: every host by its own name."""
        return {host: host for host in hosts}
