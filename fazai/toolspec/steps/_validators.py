"""Commands that judge a configuration file before it is put in place.

A validator gets the path of the new file as `%s` and must exit non-zero for a bad one. They are named, so that nobody
has to remember them. `nginx` judges a snippet of conf.d by wrapping it, since nginx reads whole configurations only, and those
from a true file: of a pipe it reads nothing. `sshd_dropin` judges a file of sshd_config.d together with the configuration that it
will be part of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator

from fazai.diagnostic import did_you_mean

VALIDATORS: Final[Mapping[str, str]] = {
    "nginx": (
        'bash -c \'f=$(mktemp) && trap "rm -f $f" EXIT && '
        'printf "events {}\\nhttp { include %s; }\\n" > $f && nginx -t -q -c $f\''
    ),
    "nginx_main": "nginx -t -q -c %s",
    "sshd": "/usr/sbin/sshd -t -f %s",
    "sshd_dropin": (
        'bash -c \'f=$(mktemp) && trap "rm -f $f" EXIT && '
        'printf "Include %s\\nInclude /etc/ssh/sshd_config\\n" > $f && /usr/sbin/sshd -t -f $f\''
    ),
    "nftables": "nft -c -f %s",
    "sudoers": "visudo -cf %s",
    "json": "python3 -m json.tool %s /dev/null",
    "shell": "sh -n %s",
}


def _known(name: str) -> str:
    if name not in VALIDATORS:
        raise ValueError(f'"{name}" is not a validator. {did_you_mean(name, VALIDATORS)}')
    return name


ValidatorName = Annotated[str, AfterValidator(_known)]
