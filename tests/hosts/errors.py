"""What can go wrong with hosts.

HostsError
  Unavailable   this machine cannot make hosts at all; the message is one line that says why
"""


class HostsError(Exception):
    """A host did not do what was asked of it."""


class Unavailable(HostsError):
    """This machine cannot make disposable hosts; the message is one line."""
