#!/usr/bin/env bash
# Drives the real program in a real terminal: every key of the walk, two sizes, and every way out,
# after each of which the terminal must echo and show its cursor. Needs tmux 3.2 or later.
set -uo pipefail
cd "$(dirname "$0")/../.."
node build/build.js || exit 1
. test/terminal/tmux.sh

begin() { # begin FLAGS: the walk, and wait for its first page
  keys "node bin/convlab.js explain $*" Enter
  expect "begin $*" '^1/[0-9]+ '
  is "the walk hides the cursor" 0 "$(tm display -p '#{cursor_flag}')"
  is "the walk takes the alternate screen" 1 "$(tm display -p '#{alternate_on}')"
}
restored() { # restored HOW CODE: the terminal is as it was
  keys " echo \"left with \$?\"; stty -a | tr ' ;' '\n\n' | grep -xE '(-?)(echo|icanon|isig)' | tr '\n' ' '" Enter
  expect "exit code after $1" "^left with $2\$"
  expect "echo after $1" '^icanon isig echo|^isig icanon echo'
  is "cursor after $1" 1 "$(tm display -p '#{cursor_flag}')"
  is "screen after $1" 0 "$(tm display -p '#{alternate_on}')"
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
tm resize-window -x 40 -y 12; expect '40 x 12' '^10/10 '
is 'lines at 40 x 12' 12 "$(screen | wc -l)"
tm resize-window -x 200 -y 60; expect '200 x 60' '\[\]'
expect '200 x 60 uses the room' 'q quit'
tm resize-window -x 80 -y 24; expect '80 x 24' '^10/10 '
keys Escape; expect 'escape' 'PyTorch: F.conv2d'
keys l; expect 'l' '退出'
keys l; expect 'l again' 'q quit'
keys q; restored q 0

begin static --lang zh
keys t; expect 't without temperature' '没有温度'
keys C-c; restored Ctrl-C 130

begin odconv
pid=$(pgrep -P "$(tm display -p '#{pane_pid}')" -f 'convlab.js explain' | head -1)
kill -TERM "$pid"; restored SIGTERM 143

keys "node bin/convlab.js explain condconv --at 0,0,1,1 --ascii" Enter
expect 'a walk that begins at a pixel' '^output|^  output.0,0,1,1. = '
keys q; restored 'q from a pixel' 0

keys 'clear; CI=1 node bin/convlab.js explain static; echo "left with $?"' Enter
expect 'in CI the same text, whole' '^left with 0$'
is 'no alternate screen in CI' 0 "$(tm display -p '#{alternate_on}')"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
