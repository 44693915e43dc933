#!/usr/bin/env bash
# A lesson played by keys in a real terminal (tmux): wrong answer, hint, right answers, skip, Ctrl-C,
# and resuming. Needs tmux and a build.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v tmux > /dev/null || { echo 'lesson.sh: needs tmux'; exit 1; }

folder=$(mktemp -d)
program="$PWD/bin/convlab.js"
state="$folder/state.json"
touch "$folder/none"

# A tmux server of this test's own, no daemon, so that it can be ended by its id.
tm() { tmux -S "$folder/socket" -f "$folder/none" "$@"; }
tmux -S "$folder/socket" -f "$folder/none" -D &
server=$!
trap 'kill "$server" 2> /dev/null; wait "$server" || true; rm -rf "$folder"' EXIT
for _ in $(seq 50); do [ -S "$folder/socket" ] && break; sleep 0.1; done
tm new-session -d -s lesson -x 80 -y 50 -c "$folder" \
  "env -u CI -u NO_COLOR PS1='ready> ' bash --norc --noprofile"

keys() { tm send-keys -t lesson -- "$@"; }
screen() { tm capture-pane -p -S -200 -t lesson; }

# Waits until the screen shows a text.
expect() {
  for _ in $(seq 100); do
    if screen | grep -qF -- "$1"; then return; fi
    sleep 0.1
  done
  echo "lesson.sh: expected on the screen: $1"
  screen
  exit 1
}

# Waits until the last line with text starts so.
at_prompt() {
  for _ in $(seq 100); do
    if screen | grep -v '^$' | tail -1 | grep -qF -- "$1"; then return; fi
    sleep 0.1
  done
  echo "lesson.sh: expected at the prompt: $1"
  screen
  exit 1
}

# The right answer to the number question `pixel`, read off the screen: window, kernel, bias.
pixel() {
  screen | awk '
    /The bias is/ { sum = $4; sub(/\..*/, "", sum) }
    /window +kernel/ { rows = 3; next }
    rows > 0 { rows--; for (i = 1; i <= 3; i++) sum += $i * $(i + 3) }
    END { print sum }'
}

expect 'ready>'
keys "node $program lesson start --state $state --lang en" Enter
at_prompt '[answer, h: hint'
keys 'many' Enter
expect 'Given many, expected a whole number'
keys '12345' Enter
expect 'Not yet.'
keys 'h' Enter
expect 'Hint 1 of 2'
at_prompt '[answer, h: hint'
keys "$(pixel)" Enter
expect 'Right.'
at_prompt '-- Enter: next page'
keys Enter
expect 'Then slide'
at_prompt '[answer, h: hint'
keys 's' Enter
at_prompt '-- Enter: next page'
keys Enter
expect 'under the name of convolution'
at_prompt '[answer, h: hint'

# Ctrl-C ends it with 130, and the terminal still echoes.
keys C-c
at_prompt 'ready>'
keys 'echo "status $?"' Enter
expect 'status 130'

# It goes on where it stopped; q ends it quietly.
keys "clear; node $program lesson start --state $state --lang en" Enter
expect '(page 3 of 4'
at_prompt '[answer, h: hint'
# A wrong answer, and the hint that belongs to this question.
keys 'mean' Enter
expect 'Nothing is divided'
keys 'h' Enter
expect 'the example with the flipped kernel'
at_prompt '[answer, h: hint'
keys 'q' Enter
at_prompt 'ready>'
keys 'echo "status $?"' Enter
expect 'status 0'

# Ctrl-D ends it as well.
keys "clear; node $program lesson start --state $state --lang zh" Enter
at_prompt '[答案，h：提示'
keys C-d
at_prompt 'ready>'

# With CI set nothing is asked.
keys "clear; CI=1 node $program lesson check one-pixel word --state $state --lang en" Enter
expect 'expected an answer behind it'
at_prompt 'ready>'

keys "clear; node $program lesson --state $state --lang en" Enter
expect 'Go on: convlab lesson start'
screen | grep -qE 'one-pixel .* 1/4 +1 +2 *$' || { screen; exit 1; }
echo '1 passed, 0 failed'
