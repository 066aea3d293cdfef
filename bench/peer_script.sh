#!/bin/sh
# A desk of Markdown files with a head, as small as it can be:
#   peer_script.sh list [OWNER PRIORITY] | show ID | new ID TITLE
set -eu
case $1 in
list)
    # xargs: ten thousand names may be longer than what one command can be given.
    find tickets -name 't-*.md' -print0 | xargs -0 awk -v owner="${2-}" -v priority="${3-}" '
        FNR == 1 { head = 0; status = who = level = "" }
        $0 == "---" { head++; next }
        head == 1 && $1 == "status:" { status = $2 }
        head == 1 && $1 == "owner:" { who = $2 }
        head == 1 && $1 == "priority:" { level = $2 }
        head == 2 && /^# / {
            if (status == "open" && (owner == "" || who == owner) && (priority == "" || level == priority)) {
                name = FILENAME
                sub(/^.*\//, "", name)
                sub(/\.md$/, "", name)
                print name " " level " " who " " substr($0, 3)
            }
            nextfile
        }' | sort
    ;;
show)
    if [ -f "tickets/$2.md" ]; then
        cat "tickets/$2.md"
    else # part of an id
        cat tickets/*"$2"*.md
    fi
    ;;
new)
    printf -- '---\nstatus: open\nowner: nobody\npriority: P4\n---\n# %s\n' "$3" >"tickets/$2.md"
    git add -- "tickets/$2.md"
    git commit -q -m "new $2" -- "tickets/$2.md"
    ;;
esac
