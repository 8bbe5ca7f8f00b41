#!/usr/bin/env bash
# Runs make targets from a clean clone in a bare Debian 12 container: a newcomer's machine, and nothing more.
#
#   tests/bare/run.sh TARGET...         for instance: tests/bare/run.sh demo
#
# Only what is committed is seen. The targets run as a plain user, or as root with BARE_USER=root. Needs root and
# podman here, as the disposable hosts do; pip's settings of this machine hold inside too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

[ $# -gt 0 ] || { echo "usage: tests/bare/run.sh TARGET..." >&2; exit 2; }
python=${PYTHON:-python3}
suite=bookworm
user=${BARE_USER:-dev}

CONTAINERS_CONF=$("$python" -m tests.hosts settings)
export CONTAINERS_CONF

work=$(mktemp -d)
container=fazai-bare-$$
trap 'podman rm -f -t 0 "$container" > /dev/null 2>&1 || true; rm -rf "$work"' EXIT

key=$( (cat "$here/run.sh"; date -u +%G-%V) | sha256sum | cut -c 1-12)
image=localhost/fazai-bare:$key
if ! podman image exists "$image"; then
  echo "Making a bare Debian ($suite)"
  mapfile -t sources < <(tests/hosts/apt-sources.sh "$suite")
  # shellcheck disable=SC2016  # $1 is mmdebstrap's: the root of the new system
  mmdebstrap --quiet --variant=minbase --include=python3-venv,git,make,ca-certificates \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Check-Date "false"' \
    --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash dev' \
    "$suite" "$work/bare.tar" "${sources[@]}"
  podman import --quiet "$work/bare.tar" "$image" > /dev/null
  rm "$work/bare.tar"
fi

git bundle create --quiet "$work/repo.bundle" HEAD
chmod 0755 "$work"
mapfile -t pip < <("$python" tests/bare/pip_options.py)

# shellcheck disable=SC2016  # expanded inside
podman run --name "$container" --user "$user" --volume "$work:/in:ro" "${pip[@]}" "$image" bash -euc '
  export HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  cd "$HOME"
  git -c advice.detachedHead=false clone --quiet /in/repo.bundle fazai
  cd fazai
  for target in "$@"; do
    echo "== make $target"
    begin=$SECONDS
    make "$target" < /dev/null
    echo "== make $target: $((SECONDS - begin)) s"
  done
' bash "$@"
