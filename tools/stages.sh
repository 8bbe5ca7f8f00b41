#!/usr/bin/env bash
# Runs make targets one after the other, stops at the first that fails, and says how long each took.
#
#   tools/stages.sh TARGET...
set -uo pipefail
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS  # each stage is a make of its own; `make -j` must not overlap them

report=()
for stage in "$@"; do
  printf '\n==> %s\n' "$stage"
  begin=$SECONDS
  "${MAKE:-make}" --no-print-directory "$stage"
  status=$?
  report+=("$(printf '%-13s %4d s' "$stage" $((SECONDS - begin)))")
  [ $status -eq 0 ] || { report[-1]+="  failed"; break; }
done
printf '\n'
printf '%s\n' "${report[@]}" "$(printf '%-13s %4d s' together $SECONDS)"
exit "$status"
