# bash completion for tkt: `tkt completion install bash` writes this file.
_tkt() {
    local IFS=$'\n' found
    found=$(TKT_WORDBREAKS="$COMP_WORDBREAKS" command tkt completion words bash "$COMP_LINE" "$COMP_POINT" 2>/dev/null)
    if [[ $found == ":files" ]]; then
        compopt +o nospace -o default -o filenames 2>/dev/null
        COMPREPLY=()
        return
    fi
    COMPREPLY=($found)
}
complete -o nospace -F _tkt tkt
