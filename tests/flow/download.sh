#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One life of a profile, on cards of either curve: ordered, downloaded,
# installed, enabled, disabled, deleted; what the inventory says at each step.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "init makes a lab" lab_init
ok "the daemon starts" lab_start
ok "type and profiles" lab_profiles 6

for eid in $(cards); do
	ok "order" order --type consumer
	ok "released" test "$(profile_state "$iccid")" = released
	ok "download by $eid" card "$eid" download "$code"
	ok "installed" test "$(profile_state "$iccid")" = installed
	ok "bound to the card" test "$(field eid "$tmp/show.json")" = "$eid"
	ok "enable" card "$eid" enable "$iccid"
	ok "notify" card "$eid" notify
	profile_state "$iccid" >/dev/null
	ok "enabled" test "$(field card_state "$tmp/show.json")" = enabled
	ok "disable" card "$eid" disable "$iccid"
	ok "notify" card "$eid" notify
	profile_state "$iccid" >/dev/null
	ok "disabled" test "$(field card_state "$tmp/show.json")" = disabled
	ok "delete" card "$eid" delete "$iccid"
	ok "notify" card "$eid" notify
	profile_state "$iccid" >/dev/null
	ok "deleted" test "$(field card_state "$tmp/show.json")" = deleted
	refused 1 '8\.2\.6/3\.8' "the code is used up" \
	    card "$eid" download "$code"
done

first=$(cards | sed -n 1p)
second=$(cards | sed -n 2p)

# An order for one EID is that eUICC's from the beginning.
ok "order with an EID" order --type consumer --eid "$first"
refused 1 '8\.1\.1/3\.8' "another card is refused" \
    card "$second" download "$code"
ok "the right one is not" card "$first" download "$code"

# The default address: no MatchingID at all.
ok "default order" order --type consumer --eid "$second" --default
ok "found by EID alone" card "$second" download "LPA:1\$$address\$"
refused 1 '8\.1\.1/3\.8' "once" card "$second" download "LPA:1\$$address\$"

# Confirmation codes.
ok "order with a code" order --type consumer --cc 4711
refused 1 '8\.2\.7/2\.2' "no code" card "$first" download "$code"
refused 1 '8\.2\.7/3\.8' "wrong code" card "$first" download "$code" --cc 4712
ok "right code" card "$first" download "$code" --cc 4711

# Cancelling.
ok "order" order --type consumer
ok "postponed" card "$first" --cancel postponed@auth download "$code"
ok "still released" test "$(profile_state "$iccid")" = released
ok "rejected" card "$first" --cancel endUserRejection@auth download "$code"
ok "error" test "$(profile_state "$iccid")" = error

ok "audit trail" ctl audit list
has "it names the binding" 'order.bound'
ok "the daemon ends" lab_stop
done_testing
