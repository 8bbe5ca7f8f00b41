#!/usr/bin/env bash
# Prints the files with this machine's own apt sources, if it runs SUITE of Debian; else nothing.
#
#   apt-sources.sh SUITE
#
# mmdebstrap is given these, so that a local mirror is honoured; without any it knows where SUITE is kept.
set -euo pipefail

suite=${1:?usage: apt-sources.sh SUITE}

grep -qsx 'ID=debian' /etc/os-release && grep -qsx "VERSION_CODENAME=$suite" /etc/os-release || exit 0
for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
  if [ -s "$file" ]; then echo "$file"; fi
done
