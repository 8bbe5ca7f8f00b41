"""The built-in kinds of checks: one file each, registered by the same door as any other."""

from fazai.acceptance.checks import ansible, command, file, firewall, http, opnsense, package, port, service, smtp

__all__ = ["ansible", "command", "file", "firewall", "http", "opnsense", "package", "port", "service", "smtp"]
