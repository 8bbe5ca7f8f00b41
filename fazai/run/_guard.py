"""Stands between fazai and ansible-playbook, so that no playbook outlives the one who watches it.

Run as a program of its own, never imported: `python -I -S _guard.py PARENT PRIVATE COMMAND...`. It starts COMMAND and ends
with its exit status. When it is told to stop (SIGTERM), when its terminal goes away (SIGHUP), or when PARENT dies, even by
SIGKILL, it sends SIGTERM to the playbook, which passes it to its workers; what is left after some seconds, wherever it
hides, gets SIGKILL. Workers leave the playbook's process group (they call setsid), so a group alone is not enough: the
guard is made the reaper of all its descendants, and finds them by their parents. When PARENT is dead nobody else can
remove PRIVATE, so the guard does.

What it cannot do: recall a module that already runs on another host, or kill what runs under another user (sudo).
"""

import contextlib
import ctypes
import os
import shutil
import signal
import sys
import time

# Numbers of prctl(2).
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 5
MARK = "fazai-guard"


def _prctl(option: int, value: int) -> None:
    """Linux only; elsewhere the terminal's hang-up alone tells of the parent's death."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _parents() -> dict[int, int]:
    """Every process with its parent, from /proc; nothing where there is no /proc."""
    found = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():  # noqa: PTH208, PTH112 -- pathlib would double the start-up
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123 -- as above
                    # The second field is the program's name in brackets, and may itself hold brackets.
                    found[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
            except OSError:
                continue  # it ended while we were reading
    return found


def descendants(root: int) -> list[int]:
    """All processes below `root`, nearest first."""
    parents = _parents()
    found = [root]
    for above in found:
        found.extend(pid for pid, parent in parents.items() if parent == above)
    return found[1:]


class Guard:
    """One playbook and its end."""

    def __init__(self, parent: int, private: str, command: list[str]) -> None:
        self.parent = parent
        self.private = private
        self.command = command
        self.child = 0
        self.stopping = False

    def run(self) -> int:
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        signal.signal(signal.SIGALRM, self._out_of_patience)
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if self._is_orphan():
            return 128 + signal.SIGTERM
        self.child = os.fork()
        if self.child == 0:
            self._become_the_playbook()
        print(f"{MARK} {os.getpid()} {self.child}", flush=True)
        if self.stopping:
            self._told_to_stop(signal.SIGTERM, None)  # it came before there was a child
        status = self._wait()
        signal.alarm(0)
        if self.stopping:
            self._bury()
        if self._is_orphan():
            shutil.rmtree(self.private, ignore_errors=True)
        return status

    def _is_orphan(self) -> bool:
        return os.getppid() != self.parent

    def _become_the_playbook(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the guard decides
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # Nobody is there to answer a prompt: reading must end at once instead of waiting for ever.
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        try:
            os.execv(self.command[0], self.command)  # noqa: S606 -- no shell is wanted
        except OSError as error:
            print(f"[ERROR]: {self.command[0]}: {error.strerror}", flush=True)
            os._exit(127)

    def _wait(self) -> int:
        """The playbook's exit status, as a shell would say it; orphans that come to us are reaped on the way."""
        while True:
            pid, status = os.waitpid(-1, 0)
            if pid == self.child:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code

    def _told_to_stop(self, number: int, _frame: object) -> None:
        """SIGINT means at once: the one who watches has lost patience."""
        self.stopping = True
        if not self.child:
            return
        if number == signal.SIGINT:
            self._kill_all()
            return
        signal.alarm(GRACE_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGTERM)

    def _out_of_patience(self, _number: int, _frame: object) -> None:
        self._kill_all()

    def _kill_all(self) -> None:
        for pid in descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def _bury(self) -> None:
        """Kill and reap until nobody is left: what loses its parent comes to us. Two seconds, for what is not ours to kill."""
        for _ in range(100):
            self._kill_all()
            try:
                while os.waitpid(-1, os.WNOHANG) != (0, 0):
                    pass
            except ChildProcessError:
                return
            time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(Guard(int(sys.argv[1]), sys.argv[2], sys.argv[3:]).run())
