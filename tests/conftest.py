"""Fixtures for all tests come from plugins, one subject each."""

pytest_plugins = ["tests.hosts.fixtures"]
