#!/bin/sh
# Checks the model of dispatch (dispatch.pml) with spin, and that it fails when a safeguard is taken
# out. Needs spin and a C compiler; about 30 s on two cores and 1 GB.
#   0 all as expected, 1 not so, 3 not checked because a tool is missing
set -eu
cd "$(dirname "$0")"
model=$PWD/dispatch.pml

for tool in spin gcc; do
  if ! command -v "$tool" >/dev/null; then
    printf '\n***** THE MODEL OF DISPATCH WAS NOT CHECKED: %s is not installed *****\n' "$tool" >&2
    printf '      Debian and Ubuntu: apt-get install spin gcc\n\n' >&2
    exit 3
  fi
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# run NAME EXPECTED(holds|fails) "WHAT" "SPIN FLAGS" ["COMPILER FLAGS" "PAN FLAGS"]
# Leaves one line for a person in NAME/line, and in NAME/bad if it is not as expected.
run() {
  mkdir "$scratch/$1"
  (
    cd "$scratch/$1"
    spin -a $4 "$model" >spin.log 2>&1 &&
      gcc -O1 ${5:--DSAFETY} -DMEMLIM=900 -w -o pan pan.c >gcc.log 2>&1 &&
      ./pan ${6:-} -m100000 -w22 >pan.log 2>&1 || true
    # A search that did not end (memory, depth) shows no violation and proves nothing.
    if ! grep -q 'errors: ' pan.log 2>/dev/null || grep -qE 'not completed|max search depth' pan.log; then
      verdict=$(grep -qE 'assertion violated|non-progress cycle' pan.log 2>/dev/null &&
        echo fails || echo 'was not searched')
    elif grep -q 'errors: 0' pan.log; then
      verdict=holds
    else
      verdict=fails
    fi
    states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.log 2>/dev/null || true)
    seconds=$(sed -n 's/.*elapsed time \([0-9.]*\) sec.*/\1/p' pan.log 2>/dev/null || true)
    printf '%-6s %10s states %6s s  %s\n' "$verdict" "${states:-0}" "${seconds:-0}" "$3" >line
    if [ "$verdict" != "$2" ]; then
      printf 'expected "%s", but it %s: %s\n' "$2" "$verdict" "$3" >bad
      cat spin.log gcc.log pan.log 2>/dev/null | head -40 >>bad
      if [ -f dispatch.pml.trail ]; then
        spin -k dispatch.pml.trail -g $4 "$model" | tail -40 >>bad 2>&1 || true
      fi
    elif [ "$verdict" = fails ]; then
      # The way there, for a person: how long it is.
      printf '       counterexample of %s steps\n' \
        "$(spin -k dispatch.pml.trail $4 "$model" | sed -n 's/.*trail ends after \([0-9]*\) steps.*/\1/p')" >>line
    fi
  )
}

one=-DMESSAGES=1
lane1() {
  run a1 holds "2 nodes, 1 message, policy RESEND, 3 leases, a crash" "$one"
  run a2 holds "3 nodes, 1 message, policy RESEND, 3 leases" "$one -DNODES=3 -DCRASHES=0"
  run b1 fails "without the fence: 3, who lost its lease sends only what it had marked" \
    "$one -DNO_FENCE -DONLY=3"
  run b2 fails "without the mark before the wire: 1, taken at most once" "$one -DNO_MARK -DONLY=1"
}
lane2() {
  run a3 holds "2 nodes, 2 messages, policy HOLD or FAIL, 2 leases, a crash" \
    "-DRESENDS=0 -DLEASES=2"
  run a4 holds "2 nodes, 1 message of 3 attempts, policy RESEND, 2 leases, a crash" \
    "$one -DATTEMPTS=3 -DLEASES=2"
  run a5 holds "2 nodes, 1 message, policy HOLD or FAIL, 3 leases, a crash; every run comes to an end" \
    "$one -DRESENDS=0" "-DNP" "-l"
  run b3 fails "with old answers applied to newer attempts: 5, carrier and states agree" \
    "$one -DOLD_ANSWERS_COUNT -DONLY=5"
  run b4 fails "with late answers queued in a closed chunk: 2, nothing waits for ever" \
    "$one -DLATE_INTO_CLOSED -DRESENDS=0 -DONLY=2"
  run b5 fails "with a throttled answer settled twice: 1, taken at most once" \
    "$one -DSETTLED_TWICE -DRESENDS=0 -DONLY=1"
  run b6 fails "with a resend repeated whose answer is lost too: 1, taken once, or once more" \
    "$one -DRESENT_AGAIN -DATTEMPTS=3 -DONLY=1"
}

echo "Checking lease, fence, mark, check, freeze, crash, rescue and settling of a chunk ($(spin -V))."
begun=$(date +%s)
lane1 &
first=$!
lane2 &
second=$!
wait "$first"
wait "$second"

echo
echo "As it is, all five properties have to hold:"
cat "$scratch"/a?/line
echo
echo "With a safeguard taken out, the property named has to fail:"
cat "$scratch"/b?/line
echo
echo "$(($(date +%s) - begun)) s."
if cat "$scratch"/??/bad 2>/dev/null; then
  echo "THE MODEL OF DISPATCH IS NOT AS EXPECTED." >&2
  exit 1
fi
echo "All as expected."
