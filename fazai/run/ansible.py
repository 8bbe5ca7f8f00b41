"""The real runner: ansible-playbook under ansible-runner, in a thread, behind a guard.

    fazai ── thread: ansible-runner ── pty ── _guard.py ── ansible-playbook ── workers

ansible-runner hands each event to the thread's handler, which puts it on a queue; the generator takes it from there. The
guard (see `_guard.py`) is who gets the signals and who ends everything when fazai itself is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import queue
import re
import shlex
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from fazai.diagnostic import FazaiError, Finding, InvalidFile, UsageError, Where
from fazai.outcome import Event, EventKind
from fazai.run._environment import playbook_settings, settings
from fazai.run._private import private_directory
from fazai.run._results import cut
from fazai.run._telling import Telling
from fazai.run.inventory import require_inventory, target_of
from fazai.run.job import Job

_GUARD: Final = Path(__file__).with_name("_guard.py")
_GUARD_SAYS: Final = re.compile(r"^fazai-guard (\d+) (\d+)\s*$")
# Longer than the guard's own patience.
_STOP_SECONDS: Final = 8.0
# What a shell makes of a death by signal; Ansible's own 250 (unexpected error) lies beyond.
_SIGNALLED: Final = range(129, 128 + signal.NSIG)


class AnsibleRunner:
    """Runs ansible-playbook of the environment that fazai runs in. Promises what `Runner` says."""

    def run(self, job: Job) -> Generator[Event, None, None]:
        """See `Runner.run`."""
        program = _program("ansible-playbook")
        require_inventory(job.inventory)
        playbook = job.tree / job.playbook
        if not playbook.is_file():
            raise UsageError(
                Finding(
                    summary="There is no such playbook",
                    detail=f"{playbook} does not exist, or is not a file.",
                    where=Where(file=str(playbook)),
                    remedy="Render the plan again.",
                )
            )
        return self._events(job, _argv(program, job))

    def versions(self) -> Mapping[str, str]:
        """See `Runner.versions`."""
        return {
            "ansible-core": version("ansible-core"),
            "ansible-runner": version("ansible-runner"),
            "python": platform.python_version(),
        }

    def hosts(
        self, inventory: Sequence[str], pattern: str, cwd: Path, *, vault_password_file: str | None = None
    ) -> tuple[str, ...]:
        """See `Runner.hosts`."""
        argv = ["ansible", "--list-hosts", *_inventory(inventory, vault_password_file), "--", pattern]
        told = _asked(argv, inventory, cwd)
        lines = told.splitlines()
        begin = next((n for n, line in enumerate(lines) if re.match(r"^  hosts \(\d+\):$", line)), len(lines))
        return tuple(line.strip() for line in lines[begin + 1 :] if line.startswith("    "))

    def targets(
        self, inventory: Sequence[str], hosts: Sequence[str], cwd: Path, *, vault_password_file: str | None = None
    ) -> Mapping[str, str]:
        """See `Runner.targets`."""
        told = _asked(["ansible-inventory", "--list", *_inventory(inventory, vault_password_file)], inventory, cwd)
        try:
            variables = json.loads(told[told.index("{") :])["_meta"]["hostvars"]
        except (ValueError, LookupError, TypeError):
            variables = {}
        return {host: target_of(host, variables.get(host, {})) for host in hosts}

    def _events(self, job: Job, argv: Sequence[str]) -> Generator[Event, None, None]:
        with private_directory() as private:
            playing = _Playing(job, argv, private)
            try:
                for number, event in enumerate(self._told(job, argv, playing), start=1):
                    try:
                        yield event.model_copy(update={"seq": number})
                    except KeyboardInterrupt as interrupt:  # thrown in by who takes the events
                        playing.interrupted(interrupt)
            finally:
                playing.stop()
        if playing.interrupt is not None:
            raise playing.interrupt

    def _told(self, job: Job, argv: Sequence[str], playing: _Playing) -> Iterator[Event]:
        pids = playing.started()
        yield Event(
            kind=EventKind.RUN_STARTED,
            text=shlex.join(argv),
            result={"argv": list(argv), "versions": dict(self.versions()), **pids},
        )
        telling = Telling(job.tree)
        for raw in playing.events():
            yield from telling.told(raw)
        status = playing.status
        if status != "successful" and (complaint := telling.complaint()):
            yield Event(kind=EventKind.NOTE, text=complaint)
        yield Event(
            kind=EventKind.RUN_FINISHED,
            text=status,
            result={"rc": playing.rc, "status": status, "hosts": telling.hosts},
        )


class _Playing:
    """ansible-runner in a thread, its events on a queue."""

    def __init__(self, job: Job, argv: Sequence[str], private: Path) -> None:
        self._queue: queue.SimpleQueue[Mapping[str, Any] | BaseException | None] = queue.SimpleQueue()
        self._runner = self._prepared(job, argv, private)
        self._stopped = False
        self.interrupt: KeyboardInterrupt | None = None
        self._pid: int | None = None
        self._known = threading.Event()
        self._thread = threading.Thread(target=self._work, name="fazai-run", daemon=True)
        self._thread.start()

    def _prepared(self, job: Job, argv: Sequence[str], private: Path) -> Any:
        from ansible_runner.interface import init_runner  # noqa: PLC0415 -- heavy
        from ansible_runner.utils import get_callback_dir  # noqa: PLC0415

        guarded = [sys.executable, "-I", "-S", str(_GUARD), str(os.getpid()), str(private), *argv]
        runner = init_runner(
            private_data_dir=str(private),
            project_dir=str(job.cwd),
            binary=guarded[0],
            cmdline=shlex.join(guarded[1:]),
            inventory=[],  # they stand in argv already
            event_handler=self._handle,
            cancel_callback=lambda: False,  # else it would take over our signal handlers
            quiet=True,
            suppress_env_files=True,
            fact_cache_type="memory",
        )
        # Its own preparation would switch the checking of host keys off, and takes every variable over: ours replaces it whole.
        ours = playbook_settings(
            os.environ,
            job.environment,
            bin_directory=Path(argv[0]).parent,
            tree=job.tree,
            private=private,
            callbacks=Path(get_callback_dir()),
        )
        runner.config.env = ours | {"AWX_ISOLATED_DATA_DIR": runner.config.artifact_dir}
        runner.config.cwd = str(job.cwd)
        # Given as `settings` these would be lost: it reads them from a file that we do not let it write.
        runner.config.suppress_output_file = True
        runner.config.suppress_ansible_output = True
        runner.config.pexpect_timeout = 1
        return runner

    def _handle(self, raw: Mapping[str, Any]) -> bool:
        """Called in the thread; False keeps ansible-runner from writing the event to a file."""
        said = _GUARD_SAYS.match(str(raw.get("stdout") or "")) if self._pid is None else None
        if said:
            self._pid = int(said[1])
            self._known.set()
        else:
            self._queue.put(raw)
        return False

    def _work(self) -> None:
        try:
            with warnings.catch_warnings():
                # Newer Pythons warn of a fork in a process with threads; the child does nothing but exec.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._runner.run()
        except BaseException as error:  # noqa: BLE001 -- it is raised again where the events are taken
            self._queue.put(error)
        finally:
            self._known.set()
            self._queue.put(None)

    def started(self) -> dict[str, int]:
        """Waits until the guard says that it runs: `pid` and `pgid` of the process to send SIGTERM to."""
        self._patiently(self._known.wait)
        # The terminal made the guard the leader of a session, so its group has its number.
        return {} if self._pid is None else {"pid": self._pid, "pgid": self._pid}

    def events(self) -> Iterator[Mapping[str, Any]]:
        """ansible-runner's events until the end; Ctrl-C stops the playbook, and what it still says comes out."""
        while True:
            raw = self._patiently(self._queue.get)
            if raw is None:
                return
            if isinstance(raw, BaseException):
                raise FazaiError(_broken(raw)) from raw
            yield raw

    def _patiently(self, wait: Any) -> Any:
        try:
            return wait()
        except KeyboardInterrupt as interrupt:
            self.interrupted(interrupt)
            return wait()

    def interrupted(self, interrupt: KeyboardInterrupt) -> None:
        """Stop, and remember why: it is raised again after the last event."""
        self.interrupt = interrupt
        self.stop()

    def stop(self) -> None:
        """End the playbook if it still runs, and wait for its end. Safe to call again."""
        if not self._thread.is_alive():
            return
        self._stopped = True
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
            # Ctrl-C again asks for the next, harder signal.
            with contextlib.suppress(KeyboardInterrupt):
                self._known.wait(_STOP_SECONDS)
                self._signal(number)
                self._thread.join(_STOP_SECONDS)
            if not self._thread.is_alive():
                return

    def _signal(self, number: signal.Signals) -> None:
        if self._pid is not None and self._thread.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, number)

    @property
    def rc(self) -> int | None:
        """Exit status; 128 + n when a signal ended it."""
        rc = self._runner.rc
        return rc if rc is None else int(rc)

    @property
    def status(self) -> str:
        """In our words; see `Runner.run`."""
        if self._stopped:
            return "interrupted"
        if self.rc is None or self.rc in _SIGNALLED:
            return "killed"
        return "successful" if self.rc == 0 else "failed"


def _argv(program: Path, job: Job) -> list[str]:
    argv = [str(program)]
    argv += [part for source in job.inventory for part in ("-i", source)]
    argv += ["--limit", ",".join(job.limit)] if job.limit else []
    argv += ["--forks", str(job.forks)] if job.forks else []
    argv += ["--vault-password-file", job.vault_password_file] if job.vault_password_file else []
    argv += ["--check"] if job.check else []
    return [*argv, "--diff", str(job.tree / job.playbook)]


def _inventory(sources: Sequence[str], vault_password_file: str | None) -> list[str]:
    options = [part for source in sources for part in ("-i", source)]
    return [*options, "--vault-password-file", vault_password_file] if vault_password_file else options


def _asked(argv: Sequence[str], inventory: Sequence[str], cwd: Path) -> str:
    """What one of Ansible's programs says of an inventory. Raises `FazaiError` when it cannot read it."""
    program = _program(argv[0])
    require_inventory(inventory)
    done = subprocess.run(  # noqa: S603 -- no shell; a pattern stands behind --
        [str(program), *argv[1:]],
        cwd=cwd,
        env=settings(os.environ, {"ANSIBLE_LOCAL_TEMP": tempfile.gettempdir()}, bin_directory=program.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise InvalidFile(_unreadable(inventory, done.stderr or done.stdout))
    return done.stdout


def _program(name: str) -> Path:
    """Beside our own interpreter, where pip puts it: another Ansible's could not load our callback."""
    directories = (Path(sys.executable).parent, Path(sysconfig.get_path("scripts")))
    for directory in directories:
        if os.access(directory / name, os.X_OK):
            return directory / name
    raise UsageError(
        Finding(
            summary="Ansible is not installed where FazAI is",
            detail=f"{name} was looked for in {' and '.join(dict.fromkeys(map(str, directories)))}.",
            remedy="Install FazAI with its dependencies into one environment: pip install fazai",
        )
    )


def _unreadable(inventory: Sequence[str], text: str) -> Finding:
    return Finding(
        summary="The inventory cannot be read",
        detail=cut(text.strip()),
        where=Where(file=", ".join(inventory)) if inventory else None,
        remedy=f"See what Ansible makes of it: ansible-inventory {shlex.join(p for s in inventory for p in ('-i', s))} --list",
    )


def _broken(error: BaseException) -> Finding:
    return Finding(
        summary="ansible-runner broke down",
        detail=f"{type(error).__name__}: {error}",
        remedy="The playbook was stopped. Preview again to see what was done; --debug shows where it happened.",
    )
