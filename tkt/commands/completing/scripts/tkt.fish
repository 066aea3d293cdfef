# fish completion for tkt: `tkt completion install fish` writes this file.
function __tkt_complete
    set -l found (command tkt completion words fish -- (commandline -opc) (commandline -ct) 2>/dev/null)
    if test "$found" = ":files"
        __fish_complete_path (commandline -ct)
        return
    end
    string join \n -- $found
end
complete -c tkt -e
complete -c tkt -f -k -a '(__tkt_complete)'
