#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A download that broke off after the package was sent: the same card begins
# anew and is given the same package if it still has its one-time key, a newly
# bound one if not; another card is given nothing.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 4

first=$(cards | sed -n 1p)
second=$(cards | sed -n 2p)

said()
{
	grep -c "$1" "$lab/log"
}

for eid in "$first" "$second"; do
	ok "order" order --type consumer --max-downloads 20
	bound=$(said package-bound)
	again=$(said package-again)
	ok "breaks off" card "$eid" --misbehave stop-after=bpp \
	    download "$code"
	ok "downloaded" test "$(profile_state "$iccid")" = downloaded
	ok "bound once" test "$(said package-bound)" -eq $((bound + 1))
	ok "breaks off again" card "$eid" --misbehave stop-after=bpp \
	    download "$code"
	ok "given the same package" \
	    test "$(said package-again)" -eq $((again + 1))
	ok "and not bound anew" test "$(said package-bound)" -eq $((bound + 1))
	ok "after a restart of the server" lab_stop
	ok "after a restart of the server" lab_start
	ok "it installs" card "$eid" --save-upp "$tmp/upp" download "$code"
	ok "the same package once more" test "$(said package-again)" -eq 1
	ok "installed" test "$(profile_state "$iccid")" = installed
	ok "export" ctl profile export "$iccid" --upp -o "$tmp/want"
	ok "it is the inventory's" cmp "$tmp/want" "$tmp/upp"
	rm -f "$tmp/want"
done

# A card that has lost its key, as after a reset.
ok "order" order --type consumer
ok "breaks off" card "$first" --misbehave stop-after=bpp download "$code"
rm -f "$lab/$first.state"
bound=$(said package-bound)
ok "a card without its key" card "$first" download "$code"
ok "is bound anew" test "$(said package-bound)" -eq $((bound + 1))
ok "installed" test "$(profile_state "$iccid")" = installed

ok "order" order --type consumer
ok "breaks off" card "$first" --misbehave stop-after=bpp download "$code"
refused 1 '8\.1\.1/3\.8' "another card" card "$second" download "$code"
ok "the daemon ends" lab_stop
done_testing
