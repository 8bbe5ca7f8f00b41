"""Disposable Linux hosts with a real systemd, for tests that must see a service run.

An `Engine` is a machine that is able to make such hosts (`Engine.ready()` finds out, or says why not).
A `Fleet` is a few of them on a network of their own, made together and removed together. A `Host` is
one, and knows how Ansible reaches it.

    with Engine.ready().hosts(["web1", "db1"]) as fleet:
        fleet["web1"].exec(["systemctl", "is-active", "ssh"])

Nothing here imports FazAI. In tests use the fixtures (`fixtures.py`); by hand use `python -m tests.hosts`.
Start reading at `engine.py`.
"""

from tests.hosts.engine import Engine
from tests.hosts.errors import HostsError, Unavailable
from tests.hosts.fleet import Fleet
from tests.hosts.host import Connection, Host

__all__ = ["Connection", "Engine", "Fleet", "Host", "HostsError", "Unavailable"]
