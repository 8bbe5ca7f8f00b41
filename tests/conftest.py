"""Fixtures for all tests come from plugins, one subject each."""

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is; no claim of ours is about time.
settings.register_profile("fazai", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fazai")

pytest_plugins = ["tests.hosts.fixtures"]
