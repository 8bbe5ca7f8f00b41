from __future__ import annotations

from fazai.check import settles
from tests.check.told import ended, finished


def test_a_run_without_changes_settles() -> None:
    assert settles([ended("write", "ok"), ended("start", "skipped"), finished()]) == (True, ())


def test_what_changed_again_is_named() -> None:
    holds, changed = settles([ended("write", "ok"), ended("start", "changed"), finished()])
    assert not holds
    assert changed == ("start on web1 (roles/r/start/tasks/main.yml:1)",)


def test_a_run_that_failed_or_has_no_end_does_not_settle() -> None:
    assert settles([ended("write", "failed"), finished("failed", 2)]) == (False, ())
    assert settles([ended("write", "ok")]) == (False, ())
    assert settles([ended("write", "ok"), finished("interrupted", 143)]) == (False, ())
