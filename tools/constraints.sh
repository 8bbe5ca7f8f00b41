#!/usr/bin/env bash
# Renews constraints.txt: the exact versions that are tested, as a clean environment resolves them today.
#
#   tools/constraints.sh
#
# Run it to take new versions in, read the diff, run `make test`, commit both together. The file holds names and
# versions only, never an address: where packages come from is the business of whoever installs them. pip itself is
# not pinned. The [llama] extra is left out, because it compiles.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "Resolving .[dev,collections] in a clean environment (a few minutes)" >&2
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install -qq --only-binary :all: '.[dev,collections]'
"$work/venv/bin/pip" freeze --exclude fazai > "$work/pins"

if grep -vE '^[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+$' "$work/pins"; then
  echo "constraints: the lines above are not plain pins" >&2
  exit 1
fi
{
  echo "# The exact versions that are tested. Made by tools/constraints.sh; do not edit."
  LC_ALL=C sort --ignore-case "$work/pins"
} > constraints.txt
echo "constraints.txt: $(wc -l < "$work/pins") pins" >&2
