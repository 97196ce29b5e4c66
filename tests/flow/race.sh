#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fifty eUICCs race for one order: one installs, all others are refused with
# 8.1.1/3.8, or 8.10.1/3.9 for a session that was lost.  In every other round
# they wait for each other after authenticateClient, so that all of them ask
# for the package at once.  SMDP_LONG=1: 20 rounds.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

racers=50
rounds=2
[ "${SMDP_LONG:-0}" = 1 ] && rounds=20

ok "lab" lab_init
ok "cards" "$smdp_pki" euicc new "$lab/pki" --count $((racers - 2))
ok "daemon" lab_start
ok "profiles" lab_profiles $rounds
cards | head -n $racers >"$tmp/racers"

# racer EID [OPTIONS...]: one run from nothing; its status is kept.
racer()
{
	racer_eid=$1
	shift
	rm -f "$lab/$racer_eid.state"
	card "$racer_eid" "$@" download "$code" >/dev/null \
	    2>"$tmp/race.$racer_eid"
	echo $? >"$tmp/race.$racer_eid.status"
}

# All stand at the line, or have been refused before it.
at_the_line()
{
	line=0
	for eid in $(cat "$tmp/racers"); do
		[ -e "$tmp/line.$eid" ] || [ -e "$tmp/race.$eid.status" ] &&
		    line=$((line + 1))
	done
	[ $line -eq $racers ]
}

race()
{
	rm -f "$tmp"/race.* "$tmp"/line.*
	pids=
	for eid in $(cat "$tmp/racers"); do
		if [ "$1" = together ]; then
			racer "$eid" --pause "auth=$tmp/line.$eid" &
		else
			racer "$eid" &
		fi
		pids="$pids $!"
	done
	if [ "$1" = together ]; then
		tenths=0
		until at_the_line || [ $tenths -gt 300 ]; do
			sleep 0.1
			tenths=$((tenths + 1))
		done
		ls "$tmp" | grep -c '^line' >"$tmp/at_the_line"
		rm -f "$tmp"/line.*
	fi
	for pid in $pids; do
		wait "$pid"
	done
}

# Refused, and with one of the two codes that a loser may get.
losers()
{
	for eid in $(cat "$tmp/racers"); do
		[ "$(cat "$tmp/race.$eid.status")" = 1 ] &&
		    grep -Eq '8\.1\.1/3\.8|8\.10\.1/3\.9' "$tmp/race.$eid" &&
		    echo "$eid"
	done | wc -l
}

winners()
{
	for eid in $(cat "$tmp/racers"); do
		[ "$(cat "$tmp/race.$eid.status")" = 0 ] && echo "$eid"
	done
}

round=0
while [ $round -lt $rounds ]; do
	round=$((round + 1))
	how=together
	[ $((round % 2)) -eq 0 ] && how=apart
	order --type consumer
	race $how
	[ $how = apart ] || ok "round $round: all have been authenticated" \
	    test "$(cat "$tmp/at_the_line")" -eq $racers
	ok "round $round, $how: one winner" test "$(winners | wc -l)" -eq 1
	ok "round $round: the others are told why" \
	    test "$(losers)" -eq $((racers - 1))
	ok "round $round: installed" \
	    test "$(profile_state "$iccid")" = installed
	ok "round $round: on the winner" \
	    test "$(field eid "$tmp/show.json")" = "$(winners)"
done
echo "# figure $rounds races of $racers eUICCs, one installation in each"
ok "the daemon ends" lab_stop
done_testing
