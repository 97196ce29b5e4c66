#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Templates: what is built in, and packages that are made templates, with
# values of their own, downloaded and looked at on the card.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

# made ARGS...: generate one; sets $iccid, its package in $tmp/p.der
made()
{
	ctl --json profile generate --count 1 "$@" || return 1
	iccid=$(field first_iccid)
}

# package: of $iccid, in words
package()
{
	ctl profile show "$iccid" --decode
}

# fetched: ordered and downloaded by the next card
fetched()
{
	eid=$(cards | sed -n "$((n = ${n:-0} + 1))p")
	order --iccid "$iccid" --eid "$eid" && card "$eid" download "$code"
}

ok "lab" lab_init
ok "daemon" lab_start
ok "a type" ctl type add staff --spn Example

ok "a phone number and a service centre" made --type staff \
    --set msisdn=+4479460012345,smsc=+447785016005
ok "are in the package" package
has "the number" '4479460012345'
has "the service centre" '447785016005'
ok "which a card takes" fetched

ok "two IMSIs" made --type staff --template dual-imsi \
    --set imsi2=001010000000077
ok "are in the package" package
has "the second one" '001010000000077'
ok "which a card takes" fetched
refused 2 'wants imsi2' "a second IMSI must be given" \
    ctl profile generate --type staff --count 1 --template dual-imsi
ok "three of them" ctl profile generate --type staff --count 3 \
    --template dual-imsi --set imsi2=001010000000097

ok "things" made --type staff --template iot \
    --set oplmnwact=262-01:4000,262-02
ok "have networks to roam in" package
has "the first" '262-?01'
ok "which a card takes" fetched

ok "things with a key" made --type staff --template iot-safe
ok "of which the public half" ctl --json profile show "$iccid"
public=$(field app_public)
has "is in the inventory" '"app_public":"04[0-9A-F]{128}"'
ok "the package" ctl profile export --upp "$iccid" -o "$tmp/p.der"
ok "has it too" sh -c "od -An -v -tx1 '$tmp/p.der' | tr -d ' \n' |
    tr a-f A-F | grep -q '7F49438641$public'"
ok "which a card takes" fetched

exits 3 "no such template" ctl profile generate --type staff --count 1 \
    --template corporate
exits 2 "a field that there is not" ctl profile generate --type staff \
    --count 1 --set colour=red
exits 2 "a field without a place" ctl profile generate --type staff \
    --count 1 --set gid1=00
exits 2 "a value that is none" ctl profile generate --type staff \
    --count 1 --set msisdn=abc
exits 2 "no secret is the same for all" ctl profile generate --type staff \
    --count 1 --set k=00112233445566778899aabbccddeeff

hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
