#!/usr/bin/env bash
# Lints the API and compares it with the one last released (released-api.binpb, if there is one).
# buf comes from npm; where it cannot be had nothing is checked, which is said and is no failure.
#   buf-check.sh           checks
#   buf-check.sh release   makes the API as it is the one that later ones are compared with
# The Maven build runs it in its verify phase, after unpacking what the API imports to target.
set -euo pipefail
cd "$(dirname "$0")"

buf=node_modules/.bin/buf
api=src/main/protobuf
released=released-api.binpb

skip() {
  printf '\n***** THE API WAS NOT CHECKED: %s *****\n\n' "$1" >&2
  exit 0
}

require_buf() {
  local wanted
  wanted=$(sed -n 's/.*"@bufbuild\/buf": "\(.*\)".*/\1/p' package.json)
  [ "$("$buf" --version 2>/dev/null)" = "$wanted" ] && return
  command -v npm >/dev/null || skip "npm is not installed"
  # Not "npm ci": it refuses the lock where a registry lacks buf for some other platform.
  npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
    skip "npm could not install buf"
  [ "$("$buf" --version 2>/dev/null)" = "$wanted" ] || skip "buf $wanted does not run here"
}

[ -n "$(find "$api" -name '*.proto' -print -quit 2>/dev/null)" ] || skip "there is no API yet"
require_buf

case "${1:-check}" in
  check)
    "$buf" lint
    if [ -f "$released" ]; then
      "$buf" breaking "$api" --against "$released"
    else
      echo "No API was released yet: nothing to compare with."
    fi
    ;;
  release)
    "$buf" build "$api" --exclude-source-info -o "$released"
    ;;
  *)
    echo "usage: buf-check.sh [check|release]" >&2
    exit 2
    ;;
esac
