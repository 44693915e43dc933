# What the tests in a real terminal share, to be sourced: a tmux server of their own with one window
# of 80 x 24, and what they expect to see there. Sets $folder, which goes when the test ends, and counts
# in $passed and $failed. Needs tmux 3.2 or later.
command -v tmux >/dev/null || { echo 'tmux is missing: apt-get install tmux'; exit 1; }
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset CI NO_COLOR TMUX

folder=$(mktemp -d)
tm() { tmux -S "$folder/socket" -f "$folder/none" "$@"; }
touch "$folder/none"
# no daemon, and no function around it, so that it can be ended by its id
tmux -S "$folder/socket" -f "$folder/none" -D &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 50); do [ -S "$folder/socket" ] && break; sleep 0.1; done
tm new-session -d -x 80 -y 24 'bash --norc --noprofile'

passed=0 failed=0
screen() { tm capture-pane -p; }
keys() { tm send-keys "$@"; }
# expect WHAT PATTERN: the screen shows the pattern within twenty seconds
expect() {
  for _ in $(seq 200); do
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
keys "PS1='ready '; clear" Enter
