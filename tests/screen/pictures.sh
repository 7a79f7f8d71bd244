#!/bin/sh
# pictures.sh MULIN FOLDER: pictures of the real screens, made with a home of made-up people.
# Run by hand when the screens changed. Needs tmux xterm xvfb xdotool imagemagick
# fonts-dejavu-core fonts-noto-cjk.
set -eu
export LC_ALL=C.UTF-8

[ $# -eq 2 ] || { echo "pictures.sh MULIN FOLDER" >&2; exit 2; }
mulin=$(realpath "$1")
folder=$2
mkdir -p "$folder"
work=$(mktemp -d)
display=99
while [ -e "/tmp/.X11-unix/X$display" ]; do display=$((display + 1)); done
Xvfb ":$display" -screen 0 1900x1200x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
tmux="tmux -L mulin-pictures-$$ -f /dev/null -u"

finish() {
    $tmux kill-server 2>/dev/null || :
    kill "$server" 2>/dev/null || :
    rm -rf "$work"
}
trap finish EXIT
while [ ! -e "/tmp/.X11-unix/X$display" ]; do sleep 0.1; done
export DISPLAY=":$display"

# open LANGUAGE COLUMNS ROWS: the desk in a terminal of that size
open() {
    size="$2x$3"
    $tmux kill-server 2>/dev/null || :
    $tmux new-session -d -x "$2" -y "$3" \
        "exec '$mulin' --home '$work/home' --lang $1 --now 2026-11-22T11:30"
    $tmux set -g status off
    sleep 1
}

# keys KEY…: as tmux names them; a word of several letters is typed
keys() {
    for key in "$@"; do
        case $key in
        Enter | Escape | Up | Down | Tab | F[1-9]) $tmux send-keys "$key" ;;
        *) $tmux send-keys -l "$key" ;;
        esac
        sleep 0.3
    done
}

# picture NAME
picture() {
    xterm -geometry "$size" -b 8 -u8 +sb -bg '#101418' -fg '#e8e8e8' -fa 'DejaVu Sans Mono' \
        -fd 'Noto Sans Mono CJK SC' -fs 14 -xrm 'XTerm*cjkWidth:false' -T "$1-$$" \
        -e $tmux attach &
    sleep 2
    import -window "$(xdotool search --name "^$1-$$\$" | head -1)" "$folder/$1.png"
    kill $!
    wait $! 2>/dev/null || :
    echo "$folder/$1.png"
}

"$mulin" --home "$work/home" --now 2026-11-22T08:00 init --preset yunluwan --demo >/dev/null

# tell LANGUAGE WHO: the tour; WHO eats lunch
tell() {
    open "$1" 80 24
    picture "$1-home"
    keys 1
    picture "$1-checkin-ready"
    keys zhang
    picture "$1-checkin-hits"
    keys Escape "$2" Enter
    picture "$1-checkin-served"
    keys "$2" Enter
    picture "$1-checkin-refused"
    keys Escape 2 wang
    picture "$1-register"
    keys Enter
    picture "$1-file"
    keys F2
    picture "$1-form"
    keys Escape Escape Escape Escape 4
    picture "$1-settlement"
}

tell zh 王福涵
tell en 王婷红
open zh 120 40
keys 2 li
picture zh-register-wide
