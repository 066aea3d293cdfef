#!/bin/sh
# The main job on a demo desk: what is open, one ticket, what is late, the weekly review, pages to open.
# usage: sh docs/demo.sh TKT DIRECTORY
set -eu
tkt=$1
desk=$2
python=${PYTHON:-python3}

run() {
    printf '\n$ tkt %s\n' "$*"
    code=0
    "$tkt" -C "$desk" "$@" || code=$?
    [ "$code" -le 1 ] || exit "$code"
    [ "$code" -eq 0 ] || printf '(exit code %s: so CI goes red)\n' "$code"
}

case $desk in build/*) rm -rf "$desk" "$desk-site" "$desk-help" ;; esac
"$tkt" demo "$desk"
pages=$(cd "$desk" && pwd)
run list
run list status:open --limit 12
late=$("$tkt" -C "$desk" sla check --json | "$python" -c \
    'import json, sys; print(json.load(sys.stdin)["data"]["breached"][0]["id"])')
run show "$late"
run sla check
run report week
new=$("$tkt" -C "$desk" list status:new --json | "$python" -c \
    'import json, sys; print(json.load(sys.stdin)["data"][0]["id"])')
run set "$new" impact=one urgency=yellow
printf '\n$ git log -1 -p          # the audit trail: one commit a command\n'
git -C "$desk" --no-pager log -1 -p
run report site -o "$pages-site"
run kb build -o "$pages-help" --public
bin=$(cd "$(dirname "$tkt")" && pwd)
printf '\nThe desk is yours to play with:\n  export PATH=%s:$PATH\n  cd %s && tkt list\n' "$bin" "$desk"
printf 'Its dashboard and its help centre, in a browser:\n  %s\n  %s\n' "$pages-site/index.html" "$pages-help/index.html"
