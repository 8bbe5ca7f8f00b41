"""The built-in kinds of checks: one file each, registered by the same door as any other."""

from fazai.acceptance.checks import port, service

__all__ = ["port", "service"]
