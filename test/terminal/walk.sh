#!/usr/bin/env bash
# Drives the real program in a real terminal: every key of the walk, two sizes, and every way out,
# after each of which the terminal must echo and show its cursor. Needs tmux 3.2 or later.
set -uo pipefail
cd "$(dirname "$0")/../.."
command -v tmux >/dev/null || { echo 'tmux is missing: apt-get install tmux'; exit 1; }
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset CI NO_COLOR TMUX
node build.js || exit 1

folder=$(mktemp -d)
tm() { tmux -S "$folder/socket" -f "$folder/none" "$@"; }
touch "$folder/none"
tm -D & # no daemon, so that it can be ended by its id
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 50); do [ -S "$folder/socket" ] && break; sleep 0.1; done
tm new-session -d -s walk -x 80 -y 24 'bash --norc --noprofile'
tm send-keys -t walk "PS1='ready '; clear" Enter

passed=0 failed=0
screen() { tm capture-pane -p -t walk; }
keys() { tm send-keys -t walk "$@"; }
# expect WHAT PATTERN: the screen shows the pattern within five seconds
expect() {
  for _ in $(seq 50); do
    if screen | grep -qE -- "$2"; then passed=$((passed + 1)); return; fi
    sleep 0.1
  done
  failed=$((failed + 1))
  printf 'FAILED %s: no /%s/ on\n' "$1" "$2"
  screen
}
is() { # is WHAT EXPECTED ACTUAL
  if [ "$2" = "$3" ]; then passed=$((passed + 1)); else
    failed=$((failed + 1)); printf 'FAILED %s: expected %s, got %s\n' "$1" "$2" "$3"; fi
}
begin() { # begin FLAGS: the walk, and wait for its first page
  keys "node bin/convlab.js explain $*" Enter
  expect "begin $*" '^1/[0-9]+ '
  is "the walk hides the cursor" 0 "$(tm display -p -t walk '#{cursor_flag}')"
  is "the walk takes the alternate screen" 1 "$(tm display -p -t walk '#{alternate_on}')"
}
restored() { # restored HOW CODE: the terminal is as it was
  keys " echo \"left with \$?\"; stty -a | tr ' ;' '\n\n' | grep -xE '(-?)(echo|icanon|isig)' | tr '\n' ' '" Enter
  expect "exit code after $1" "^left with $2\$"
  expect "echo after $1" '^icanon isig echo|^isig icanon echo'
  is "cursor after $1" 1 "$(tm display -p -t walk '#{cursor_flag}')"
  is "screen after $1" 0 "$(tm display -p -t walk '#{alternate_on}')"
  keys 'typed and seen' && expect "typing after $1" 'typed and seen'
  keys C-u && keys clear Enter
  expect "clear after $1" '^ready *$'
}

begin dynamic -K 4 --batch 2 --input varied --lang en
keys Right; expect 'right' '^2/10 '
keys Left; expect 'left' '^1/10 '
keys End; expect 'end' '^10/10 '
keys Home; expect 'home' '^1/10 '
keys Down; expect 'down' 'expert 1'
keys Up; expect 'up' 'expert 0'
keys s; expect 's' 'sample 1'
keys S; expect 'S' 'sample 0'
keys o; expect 'o' 'output 1, input 0'
keys O; expect 'O' 'output 0, input 0'
keys c; expect 'c' 'output 0, input 1'
keys C; expect 'C' 'output 0, input 0'
keys PageDown; expect 'page down' 'above: PgUp'
keys PageUp; expect 'page up' 'below: PgDn'
keys t; expect 't' 'run again at T = 5'
keys '?'; expect 'help' 'Any key closes this help'
keys x; expect 'out of help' '^1/10 '
keys p; expect 'p' 'pixel 0,0'
keys Right Down; expect 'arrows move the pixel' 'output\[0,0,1,1\] = '
tm resize-window -t walk -x 40 -y 12; expect '40 x 12' '^10/10 '
is 'lines at 40 x 12' 12 "$(screen | wc -l)"
tm resize-window -t walk -x 200 -y 60; expect '200 x 60' '\[\]'
expect '200 x 60 uses the room' 'q quit'
tm resize-window -t walk -x 80 -y 24; expect '80 x 24' '^10/10 '
keys Escape; expect 'escape' 'Convolve with the mixed kernel'
keys l; expect 'l' '退出'
keys l; expect 'l again' 'q quit'
keys q; restored q 0

begin static --lang zh
keys t; expect 't without temperature' '没有温度'
keys C-c; restored Ctrl-C 130

begin odconv
pid=$(pgrep -P "$(tm display -p -t walk '#{pane_pid}')" -f 'convlab.js explain' | head -1)
kill -TERM "$pid"; restored SIGTERM 143

keys "node bin/convlab.js explain condconv --at 0,0,1,1 --ascii" Enter
expect 'a walk that begins at a pixel' '^output|^  output.0,0,1,1. = '
keys q; restored 'q from a pixel' 0

keys 'clear; CI=1 node bin/convlab.js explain static; echo "left with $?"' Enter
expect 'in CI the same text, whole' '^left with 0$'
is 'no alternate screen in CI' 0 "$(tm display -p -t walk '#{alternate_on}')"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
