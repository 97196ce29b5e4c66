#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a card must not forget: killed when it has installed, it still has the
# profile and tells so later; killed or put off before, it can have the profile
# in another session.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 6
eid=$(cards | sed -n 1p)
state=$lab/$eid.state

# Killed at STEP of a download.
killed()
{
	rm -f "$tmp/at"
	"$vuicc" --pki "$lab/pki" --eid "$eid" --state "$state" \
	    --pause "$1=$tmp/at" download "$code" >/dev/null 2>&1 &
	pid=$!
	tenths=0
	while [ ! -e "$tmp/at" ] && [ $tenths -lt 200 ]; do
		sleep 0.1
		tenths=$((tenths + 1))
	done
	kill -9 $pid
	wait $pid 2>/dev/null
	[ -e "$tmp/at" ]
}

# The public half of the key that the card keeps; empty if it keeps none.
kept()
{
	sed -n 's/.*"point":"\([0-9A-F]*\)".*/\1/p' "$state"
}

ok "order" order --type consumer
ok "killed when it has installed" killed install
ok "the server does not know" \
    test "$(profile_state "$iccid")" = downloaded
ok "the card does" card "$eid" list
has "it has the profile" "^$iccid  *disabled"
has "and something to tell" '^2 notifications pending'
# A second download finds it on the card; the first result goes out before the
# second, so that the server ends with what is true.
refused 1 'a profile of this ICCID is on the card' "not a second time" \
    card "$eid" download "$code"
ok "now the server knows" test "$(profile_state "$iccid")" = installed
ok "nothing is left to tell" card "$eid" list
hasnt "nothing" 'pending'

ok "order" order --type consumer
ok "killed when it has the package" killed bpp
ok "it keeps its key" test -n "$(kept)"
ok "killed again" killed bpp
ok "then it goes on" card "$eid" download "$code"
ok "installed" test "$(profile_state "$iccid")" = installed
ok "the key is gone" test -z "$(kept)"

ok "order" order --type consumer
ok "put off" card "$eid" --cancel postponed@bpp download "$code"
ok "its key is kept" test -n "$(kept)"
ok "rejected" card "$eid" --cancel endUserRejection@bpp download "$code"
ok "its key is not kept" test -z "$(kept)"
ok "the daemon ends" lab_stop
done_testing
