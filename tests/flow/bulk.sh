#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Profiles by the thousand: not to be seen before the last one is there,
# whatever ends in between; gone on with, or taken back without a trace.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

n=20000
[ -z "$SMDP_LONG" ] || n=500000

ok "lab" lab_init
ok "daemon" lab_start
ok "type" ctl type add staff

stock()
{
	ctl --json type show staff >"$tmp/type" && field available "$tmp/type"
}

# Wait until a batch has some rows.
batch_runs()
{
	batch_tenths=0
	while :; do
		ctl --json batch show "$1" >"$tmp/batch" 2>/dev/null
		batch_done=$(field done "$tmp/batch")
		[ "${batch_done:-0}" -gt 0 ] && return 0
		batch_tenths=$((batch_tenths + 1))
		[ $batch_tenths -lt 300 ] || return 1
		sleep 0.02
	done
}

# As it should be ---------------------------------------------------------------
ok "generate" ctl --json profile generate --type staff --count 2500
has "all of them" '"count": *2500|"total": *2500'
has "live" '"state": *"live"'
ok "in stock" test "$(stock)" = 2500
ok "audit" ctl --json audit list
has "begun" 'batch=1 type=staff kind=generate total=2500'
has "made live" 'batch=1 type=staff count=2500'
cp "$tmp/out" "$tmp/audit"
ok "one row for each step" \
    test "$(grep -c '"action": *"batch\.' "$tmp/audit")" = 2
ok "batches" ctl batch list
has "a row" '^1 +staff +generate +live +2500 +2500'
exits 3 "no such batch" ctl batch show 77
refused 2 'a number is needed' "no number" ctl batch show x
refused 1 'batch 1: is live' "what is live stays" ctl batch abort 1

# The daemon dies in the middle -------------------------------------------------
ctl profile generate --type staff --count "$n" >"$tmp/gen.out" \
    2>"$tmp/gen.err" &
gen=$!
ok "a batch grows" batch_runs 2
ok "nobody sees it" test "$(stock)" = 2500
kill -KILL "$(child worker)" 2>/dev/null
kill -KILL "$lab_pid" 2>/dev/null
wait "$lab_pid" 2>/dev/null
lab_pid=
wait "$gen"
ok "generate has failed" test $? -ne 0
has "and says how to go on" 'profile generate --resume 2 goes on' \
    "$tmp/gen.err"
ok "daemon again" lab_start
ok "still nobody sees it" test "$(stock)" = 2500
ok "it is there" ctl --json batch show 2
has "half done" '"state": *"loading"'
first=$(field next_iccid)
ok "an order takes another one" order --type staff
ok "not this one" test "$(ctl --json batch show 2 | field next_iccid \
    /dev/stdin)" = "$first"
refused 1 'IMSI|in the inventory|number' "nobody gets its numbers" \
    ctl profile generate --type staff --count 1 --iccid "$first"
ok "go on" ctl --json profile generate --resume 2
has "to the end" "\"done\": *$n"
has "live now" '"state": *"live"'
ok "all of them, once" test "$(stock)" = $((2499 + n))

# Given up ----------------------------------------------------------------------
ctl profile generate --type staff --count "$n" >"$tmp/gen.out" \
    2>"$tmp/gen.err" &
gen=$!
ok "another one grows" batch_runs 3
kill -TERM "$gen"
wait "$gen" 2>/dev/null
ok "it is not seen" test "$(stock)" = $((2499 + n))
ctl --json batch show 3 >"$tmp/batch"
next=$(field next_iccid "$tmp/batch")
ok "taken back" ctl --json profile generate --abort 3
has "aborted" '"state": *"aborted"'
has "nothing is left" '"done": *0'
ok "its numbers are free" ctl profile generate --type staff --count 1 \
    --iccid "$next"
ok "that one alone is seen" test "$(stock)" = $((2500 + n))
exits 1 "it cannot go on" ctl profile generate --resume 3
ok "the daemon ends" lab_stop
done_testing
