#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A profile more than once on the same card: after it was deleted, as often as
# its type allows, and by an administrator; and a type whose packages are bound
# once.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
eid=$(cards | sed -n 1p)
other=$(cards | sed -n 2p)

# shown NAME: a member of the order.
shown()
{
	ctl --json order show "$order" >"$tmp/shown" && field "$1" "$tmp/shown"
}

# The card deletes it and tells so.
deleted()
{
	card "$eid" delete "$iccid" && card "$eid" notify
}

ok "type" ctl type add twice --notify install,enable,disable,delete \
    --reinstall 2
ok "profiles" ctl profile generate --type twice --count 2
ok "order" order --type twice --lock open
ok "installed" card "$eid" download "$code"
cp "$lab/$eid.state" "$tmp/before"
ok "deleted" deleted
ok "it is released again" test "$(profile_state "$iccid")" = released
ok "once" test "$(shown reinstalls)" = 1
ok "bound to the card" test "$(shown eid)" = "$eid"
ctl audit list --order "$order" >"$tmp/audit"
has "on the record" 'order\.reinstall .*deleted; 1 of 2' "$tmp/audit"
refused 1 '8\.1\.1/3\.8' "not for another card" \
    card "$other" download "$code"
ok "installed again" card "$eid" download "$code"

# The delete of before once more: the card's memory is put back.
cp "$lab/$eid.state" "$tmp/now"
cp "$tmp/before" "$lab/$eid.state"
ok "an old delete" deleted
cp "$tmp/now" "$lab/$eid.state"
ok "says nothing new" test "$(profile_state "$iccid")" = installed

ok "deleted again" deleted
ok "released again" test "$(profile_state "$iccid")" = released
ok "twice" test "$(shown reinstalls)" = 2
ok "installed" card "$eid" download "$code"
ok "deleted for good" deleted
ok "that was the last" test "$(profile_state "$iccid")" = installed
ctl --json profile show "$iccid" >"$tmp/shown"
ok "and it is deleted" test "$(field card_state "$tmp/shown")" = deleted
refused 1 '8\.2\.6/3\.8' "no more" card "$eid" download "$code"

# By hand, with a reason, any number of times, for the same card.
refused 2 'needs a reason' "without a reason" ctl order reinstall "$order"
ok "with one" ctl order reinstall --reason "new phone cover" "$order"
ctl audit list --order "$order" >"$tmp/audit"
has "on the record" 'order\.reinstall .*new phone cover' "$tmp/audit"
ok "which does not count" test "$(shown reinstalls)" = 2
refused 1 '8\.1\.1/3\.8' "not for another card" \
    card "$other" download "$code"
ok "installed" card "$eid" download "$code"

ok "a test bench: as it was made" ctl order reset "$order"
ok "open to all" test "$(shown lock)" = open
ok "for the other one" card "$other" download "$code"

# A card that has lost its key, as after a reset.
ok "type" ctl type add once --rebind no
ctl --json type show once >"$tmp/shown"
ok "as it was said" test "$(field rebind "$tmp/shown")" = no
ok "profiles" ctl profile generate --type once --count 3
rm -f "$lab/$eid.state"
ok "order" order --type once
ok "breaks off" card "$eid" --misbehave stop-after=bpp download "$code"
ok "the same package again" card "$eid" download "$code"
ok "installed" test "$(profile_state "$iccid")" = installed
# lost ERROR [OPTION]: refused with this, and that is the end.
lost()
{
	ok "order" order --type once
	ok "breaks off" card "$eid" --misbehave stop-after=bpp \
	    download "$code"
	rm -f "$lab/$eid.state"
	exits 1 "without its key" card "$eid" $2 download "$code"
	has "refused with $1" "$1" "$tmp/err"
	ok "in error" test "$(profile_state "$iccid")" = error
}
lost '8\.2/3\.7'
lost 'asn1/5( |$)' --asn1
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
