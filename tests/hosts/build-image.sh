#!/usr/bin/env bash
# Builds the root file system of a disposable host: Debian with systemd, ssh and Python, as OUT.tar.
#
#   build-image.sh SUITE OUT.tar
set -euo pipefail

suite=${1:?usage: build-image.sh SUITE OUT.tar}
out=${2:?usage: build-image.sh SUITE OUT.tar}

packages=(
  systemd systemd-sysv dbus                 # a real init: service tests mean what they say
  python3 python3-apt                       # what Ansible's modules need on a host
  openssh-server sudo cron procps
  iproute2 iputils-ping nftables
  ca-certificates curl debian-archive-keyring
)

mapfile -t sources < <("$(dirname "$0")/apt-sources.sh" "$suite")

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
cat > "$files/ssh-keys.service" <<'UNIT'
[Unit]
Description=Make this host's own ssh keys
Before=ssh.service

[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A

[Install]
WantedBy=multi-user.target
UNIT

# shellcheck disable=SC2016  # $1 is mmdebstrap's: the root of the new system
hooks=(
  # Host keys are made at first boot; in the image every host would share them.
  'rm -f "$1"/etc/ssh/ssh_host_*_key*'
  "upload $files/ssh-keys.service /etc/systemd/system/ssh-keys.service"
  'chroot "$1" systemctl enable --quiet ssh-keys.service'
  'install -d -m 0700 "$1/root/.ssh"'
  # mmdebstrap copies the name of the machine it runs on.
  'rm -f "$1/etc/hostname"'
  # Nothing may hold the package lock, or touch devices, behind a test's back.
  'chroot "$1" systemctl mask --quiet systemd-udevd.service apt-daily.timer apt-daily-upgrade.timer'
  'echo LANG=C.UTF-8 > "$1/etc/default/locale"'
)

options=(
  --variant=minbase
  --include="$(IFS=,; echo "${packages[*]}")"
  # Package lists stay: without them a task with `cache_valid_time` takes the fresh, empty list
  # directory for a recent update and then finds no package at all.
  --skip=cleanup/apt/lists
  --aptopt='Acquire::Languages "none"'
  --aptopt='Acquire::GzipIndexes "true"'
  --aptopt='Acquire::Check-Valid-Until "false"'   # mirrors frozen at a date stay usable
  --aptopt='Acquire::Check-Date "false"'
  --dpkgopt='force-unsafe-io'                     # nobody mourns these disks
  --dpkgopt='path-exclude=/usr/share/man/*'
  --dpkgopt='path-exclude=/usr/share/doc/*'
  --dpkgopt='path-exclude=/usr/share/locale/*'
)
for hook in "${hooks[@]}"; do
  options+=(--customize-hook="$hook")
done

mmdebstrap "${options[@]}" "$suite" "$out" "${sources[@]}"
