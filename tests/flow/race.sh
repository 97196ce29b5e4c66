#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fifty eUICCs race for one order: one installs, all others are refused with
# 8.1.1/3.8, or 8.10.1/3.9 for a session that was lost.  SMDP_LONG=1: 20 times.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

racers=50
rounds=2
[ "${SMDP_LONG:-0}" = 1 ] && rounds=20

ok "lab" lab_init
ok "cards" "$smdp_pki" euicc new "$lab/pki" --count $((racers - 2))
ok "daemon" lab_start
ok "profiles" lab_profiles $rounds

race()
{
	racers_pids=
	for eid in $(cards | head -n $racers); do
		(
			rm -f "$lab/$eid.state"
			card "$eid" download "$code" >/dev/null \
			    2>"$tmp/race.$eid"
			echo $? >"$tmp/race.$eid.status"
		) &
		racers_pids="$racers_pids $!"
	done
	for pid in $racers_pids; do
		wait "$pid"
	done
}

# Refused, and with one of the two codes that a loser may get.
losers()
{
	for eid in $(cards | head -n $racers); do
		[ "$(cat "$tmp/race.$eid.status")" = 1 ] &&
		    grep -Eq '8\.1\.1/3\.8|8\.10\.1/3\.9' "$tmp/race.$eid" &&
		    echo "$eid"
	done | wc -l
}

winners()
{
	for eid in $(cards | head -n $racers); do
		[ "$(cat "$tmp/race.$eid.status")" = 0 ] && echo "$eid"
	done
}

round=0
while [ $round -lt $rounds ]; do
	round=$((round + 1))
	order --type consumer --max-downloads 1000
	race
	ok "round $round: one winner" test "$(winners | wc -l)" -eq 1
	ok "round $round: the others are told why" \
	    test "$(losers)" -eq $((racers - 1))
	ok "round $round: installed" \
	    test "$(profile_state "$iccid")" = installed
	ok "round $round: on the winner" \
	    test "$(field eid "$tmp/show.json")" = "$(winners)"
done
ok "the daemon ends" lab_stop
done_testing
