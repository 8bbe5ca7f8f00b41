#!/usr/bin/env bash
# Shows FazAI's main job without a model and without a server: a goal becomes a plan, a playbook, and a preview.
# Everything happens in a throw-away directory; check mode changes nothing in it, and this script proves so.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
room=$(mktemp -d "${TMPDIR:-/tmp}/fazai-demo.XXXXXX")
trap 'rm -rf "$room"' EXIT

cp -r "$here/page" "$room/project"
mkdir -p "$room/www"
printf '<h1>The page as it was</h1>\n' > "$room/www/index.html"
sed -i "s#/tmp/fazai-demo/www#$room/www#" "$room/project/goals/page.yaml"
before=$(find "$room/www" -type f -exec sha256sum {} +)
cd "$room/project"

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; "$@"; }
say cat goals/page.yaml
say fazai plan goals/page.yaml
say cat playbooks/page.yml roles/small_page/tasks/main.yml
say fazai preview goals/page.yaml

[ "$before" = "$(find "$room/www" -type f -exec sha256sum {} +)" ] || { echo "the preview changed something" >&2; exit 1; }
printf '\nNothing was changed. On hosts of your own, `fazai apply` would be next.\n'
