#!/usr/bin/env bash
# Makes .venv with FazAI (editable) and its pinned dependencies; called by `make setup`.
#
#   tools/setup.sh VENV [EXTRAS]        for instance: tools/setup.sh .venv dev,collections
#
# What pip says goes to VENV/pip.log; a person sees one line now and then.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${1:?usage: setup.sh VENV [EXTRAS]}
extras=${2:+[$2]}
python=${PYTHON:-python3}

fail() { echo "setup: $*" >&2; exit 1; }

command -v "$python" > /dev/null || fail "$python is not here. Install Python 3.11 or newer, or name one: make PYTHON=python3.12"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$python is Python $version, FazAI needs 3.11 or newer. Name another one: make PYTHON=python3.12"

if [ "$("$venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2> /dev/null)" != "$version" ]; then
  echo "Making $venv with Python $version"
  "$python" -c 'import ensurepip' 2> /dev/null ||
    fail "$python cannot make virtual environments. On Debian: apt-get install python3-venv"
  "$python" -m venv --clear "$venv"
fi

echo "Installing fazai$extras into $venv (a minute or three the first time; details in $venv/pip.log)"
# Only wheels: no compiler may be needed here.
"$venv/bin/pip" install --only-binary :all: -c constraints.txt -e ".$extras" 2>&1 |
  tee "$venv/pip.log" |
  awk '/^Collecting / { n++; if (n % 20 == 0) { print "  " n " packages looked at"; fflush() } }
       /^Installing collected/ { print "  installing"; fflush() }' ||
  { tail -n 15 "$venv/pip.log" >&2; fail "pip failed; the whole story is in $venv/pip.log"; }
