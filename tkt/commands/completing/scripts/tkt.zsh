#compdef tkt
# zsh completion for tkt: `tkt completion install zsh` writes this file.
_tkt() {
    local line value told found=1
    local -a whole whole_told begun begun_told
    for line in "${(@f)$(command tkt completion words zsh -- "${(@Q)words[1,CURRENT]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        if [[ $line == ":files" ]]; then
            _files
            return
        fi
        value=${line%%$'\t'*}
        told=${line#*$'\t'}
        if [[ $value == *[:=] ]]; then
            begun+=("$value")
            begun_told+=("$value${told:+  $told}")
        else
            whole+=("$value")
            whole_told+=("$value${told:+  $told}")
        fi
    done
    (( $#whole )) && compadd -V tkt -M 'm:{a-zA-Z}={A-Za-z}' -l -d whole_told -a whole && found=0
    (( $#begun )) && compadd -V tkt -M 'm:{a-zA-Z}={A-Za-z}' -S '' -l -d begun_told -a begun && found=0
    return found
}
if [[ $funcstack[1] == _tkt ]]; then
    _tkt "$@"
else
    compdef _tkt tkt
fi
