"""Fixtures for tests that need hosts; a pytest plugin, named in tests/conftest.py.

Where this machine cannot make hosts such tests are skipped, with the reason once. Under CI they fail
instead: there a silent skip would pass for a proof.
"""

from collections.abc import Generator, Iterator

import pytest

from tests.hosts.engine import Engine
from tests.hosts.errors import Unavailable
from tests.hosts.fleet import Fleet
from tests.hosts.machine import in_ci

PREFIX = "hosts: "


@pytest.fixture(scope="session")
def host_engine() -> Iterator[Engine]:
    """An engine; as long as it lives, programs that the tests start find podman's settings too."""
    engine = _engine_or_reason()
    if isinstance(engine, str):
        if in_ci():
            pytest.fail(engine, pytrace=False)
        pytest.skip(engine)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in engine.environment.items():
            patch.setenv(name, value)
        yield engine


@pytest.fixture(scope="module")
def two_hosts(host_engine: Engine) -> Iterator[Fleet]:
    """`web1` and `db1`, shared by the tests of one file."""
    with host_engine.hosts(["web1", "db1"]) as fleet:
        yield fleet


def _engine_or_reason() -> Engine | str:
    try:
        return Engine.ready()
    except Unavailable as reason:
        return f"{PREFIX}{reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give all such skips one place, so that pytest folds them into one line instead of one per test."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if reason.startswith(f"Skipped: {PREFIX}"):
            report.longrepr = (__file__, 1, reason)
    return report
