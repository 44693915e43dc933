#!/usr/bin/env bash
# Long runs in a real terminal: the bar comes after a second and goes without a trace, and Ctrl-C ends
# the program at once, whatever it is doing. Needs tmux and a build.
set -uo pipefail
cd "$(dirname "$0")/../.."
. test/terminal/tmux.sh

program="$PWD/bin/convlab.js"
mkdir "$folder/here"
keys "cd $folder/here; convlab() { node $program \"\$@\"; }" Enter
running() { pgrep -s "$(tm display -p '#{pane_pid}')" node; }
begin() { keys "clear; convlab $1; echo left with \${PIPESTATUS[0]}" Enter; }
# stopped WHAT: Ctrl-C ends it with 130; no line is left on the screen, no process, and no file
stopped() {
  keys C-c
  expect "$1: 130" '^left with 130$'
  is "$1: a clean screen" 'left with 130' "$(screen | sed -n 1p)"
  is "$1: no process" '' "$(running)"
  is "$1: no file" '' "$(ls -A "$folder/here")"
}
drawn='[█▏▎▍▌▋▊▉]+ +[0-9]+%'
big='--in 64 --out 64 --size 128'
# the reference draws for seconds, and has little to do with a kernel of one tap
slow='--in 64 --out 1 -k 1 --padding 0 --size 128 --batch 96 --engine reference'

begin "static $slow --lang en"
expect 'a bar' "^$drawn Drawing the input, about [0-9]+ s left\$"
expect 'the end' '^left with 0$'
is 'the bar is gone' '' "$(screen | grep %.*left)"

begin "static $slow --lang zh"
expect 'in Chinese' "^$drawn 抽取输入，还需约 [0-9]+ 秒"
stopped 'while it draws the input'

begin "static $big --engine reference --ascii --lang en"
expect 'with ASCII alone' '^#+ +[0-9]+% Slide the kernels'
stopped 'while it convolves'

begin "compare --batch 48 $big --lang en"
expect 'a comparison' "^$drawn Dynamic convolution"
stopped 'while it compares'

begin "sweep kernels --batch 32 $big --lang en"
expect 'a sweep' "^$drawn "
stopped 'while it sweeps'

begin "explain dynamic $slow --lang en"
expect 'a bar before the walk' "^$drawn "
stopped 'before the walk begins'

begin "explain dynamic --batch 24 $big --lang en"
expect 'the walk' '^1/10 '
keys t; sleep 0.3
stopped 'while the walk runs it again'

begin "static $big --batch 4 --json --values --lang en | (trap '' INT; sleep 10)"
expect 'a reader that does not read' "^$drawn Writing JSON"
keys C-c
sleep 1
is 'while nobody reads: no process' '' "$(running)"
expect 'while nobody reads: 130' '^(\^C)?left with 130$' # the reader holds the prompt, and the ^C

begin "static $big --batch 4 --json --values --lang en | (sleep 4; head -c 1 > $folder/first)"
expect 'a reader that comes late' "^$drawn Writing JSON"
expect 'a reader that stops early' '^left with 0$'
is 'a reader that stops early: a clean screen' 'left with 0' "$(screen | sed -n 1p)"

begin "static $big --batch 4 --save run.npz run.json --lang en"
expect 'a file that is written' "^$drawn Writing run.json"
stopped 'while it saves'

tm resize-window -x 24 -y 24
begin "static $slow --lang zh"
expect 'a narrow terminal' "^$drawn 抽取"
is 'one line in a narrow terminal' 1 "$(screen | grep -c '[%抽]')"
stopped 'in a narrow terminal'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
