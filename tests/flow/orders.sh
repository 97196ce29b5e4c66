#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Orders that are held, installed again, out of time, out of codes, used over
# and over; and what each reason to cancel leaves behind.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 24
first=$(cards | sed -n 1p)
second=$(cards | sed -n 2p)

# A profile's state.
is()
{
	ok "it is $1" test "$(profile_state "$iccid")" = "$1"
}

# Held -----------------------------------------------------
ok "an order that is held" order --type consumer --hold
is confirmed
refused 1 '8\.2/1\.2' "not before release" card "$first" download "$code"
is confirmed
ok "release" ctl order release "$order"
is released
ok "a second time changes nothing" ctl order release "$order"
is released
ok "download" card "$first" download "$code"
is installed

# Installed again -----------------------------------------------------
held=$order
ok "the card deletes it" card "$first" delete "$iccid"
ok "and says so" card "$first" notify
refused 1 '8\.2\.6/3\.8' "the code is used up" card "$first" download "$code"
refused 2 'reason' "reinstall without a reason" ctl order reinstall "$held"
ok "reinstall" ctl order reinstall --reason 'reset' "$held"
is released
refused 1 '8\.1\.1/3\.8' "another card" card "$second" download "$code"
is released
ok "the same card" card "$first" download "$code"
is installed
ok "on the card" card "$first" list
has "again" "^$iccid  *disabled"
refused 1 '8\.2\.6/3\.8' "no third time" card "$first" download "$code"

# Out of time -----------------------------------------------------
ok "an order for an hour" order --type consumer --expires +1h
ok "an hour" test -n "$(field expires "$tmp/order.json")"
ok "two hours later" ctl lab clock +2h
refused 1 '8\.8\.5/4\.10' "too late" card "$first" download "$code"
ctl --json order show "$order" >"$tmp/late.json"
ok "expired" test "$(field state "$tmp/late.json")" = expired
ok "back" ctl lab clock reset

reload()
{
	reload_n=$(grep -c '^ready' "$lab/log")
	kill -HUP "$lab_pid"
	lab_wait_ready $((reload_n + 1))
}
ok "an order before" order --type consumer
before=$code
echo 'order-expiry 3h' >>"$lab/smdpd.conf"
ok "order-expiry 3h" reload
from=$(date -u -d '+3 hours' +%Y-%m-%dT%H:%M:%SZ)
ok "an order" order --type consumer
till=$(date -u -d '+3 hours' +%Y-%m-%dT%H:%M:%SZ)
expires=$(field expires "$tmp/order.json")
ok "three hours: $expires" test "$(printf '%s\n' "$from" "$expires" "$till" |
    sort | sed -n 2p)" = "$expires"
short=$code
ok "an order that never expires" order --type consumer --expires never
ok "never" test "$(field expires "$tmp/order.json")" = null
never=$code
ok "an order with its own time" order --type consumer --expires +5h
own=$code
ok "four hours later" ctl lab clock +4h
refused 1 '8\.8\.5/4\.10' "three hours are over" card "$first" download "$short"
ok "never is not" card "$first" download "$never"
ok "five are not" card "$first" download "$own"
ok "nor is what was ordered before" card "$first" download "$before"
ok "back" ctl lab clock reset

# Out of codes -----------------------------------------------------
ok "order with a code" order --type consumer --cc 4711 --max-cc 3
for n in 1 2; do
	refused 1 '8\.2\.7/3\.8' "wrong code $n" \
	    card "$first" download "$code" --cc 4712
	is released
	ctl --json order show "$order" >"$tmp/cc.json"
	ok "counted: $n" test "$(field cc_attempts "$tmp/cc.json")" = $n
done
refused 1 '8\.2\.7/6\.4' "wrong code 3" \
    card "$first" download "$code" --cc 4712
is error
not_ok "the right one is too late" \
    card "$first" download "$code" --cc 4711
is error

# Used over and over -----------------------------------------------------
ok "a reusable order" order --type consumer --reusable
for n in 1 2 3; do
	ok "download $n" card "$first" download "$code"
	is released
	ok "off the card" card "$first" delete "$iccid"
	ok "told" card "$first" notify
	is released
done

# Cancelled -----------------------------------------------------
# cancel STEP REASON STATE
cancel()
{
	ok "order" order --type consumer --eid "$second"
	ok "$2 at $1" card "$second" --cancel "$2@$1" download "$code"
	has "said" '^cancelled '
	is "$3"
	ctl --json audit list --order "$order" >"$tmp/audit"
	has "on record: reason $4" "session.cancelled.*\"reason $4\"" \
	    "$tmp/audit"
	case $3 in
	error)
		refused 1 '8\.2\.6/3\.8' "no more" \
		    card "$second" download "$code"
		;;
	*)
		ok "and later taken" card "$second" download "$code"
		is installed
		;;
	esac
}
for step in auth bpp; do
	[ $step = auth ] && same=released || same=downloaded
	cancel $step endUserRejection error 0
	cancel $step postponed $same 1
	cancel $step timeout $same 2
	cancel $step pprNotAllowed error 3
	cancel $step metadataMismatch error 4
	cancel $step loadBppExecutionError error 5
	cancel $step undefinedReason error 127
done
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
