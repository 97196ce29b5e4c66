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

# A package of others, made a template.
upp=$SMDP_TESTDATA/upp/TS48v5_SAIP2.3_NoBERTLV.der
if [ -z "$SMDP_TESTDATA" ] || [ ! -f "$upp" ]; then
	skip "a package of others" "SMDP_TESTDATA names no directory with it"
else
	ok "a type for tests" ctl type add lab --class test
	ok "a package of others" ctl --json template add ts48 "$upp"
	has "has what differs" '"given":\["iccid-header","iccid","imsi","acc"\]'
	has "and what is drawn" '"drawn":\["k","opc","pin1"'
	exits 1 "not twice" ctl template add ts48 "$upp"
	exits 2 "a name that is taken" ctl template add iot "$upp"
	ok "is one of the list" ctl template list
	has "by its name" '^ts48 '
	ok "a profile of it" made --type lab --template ts48
	ok "its package" ctl profile export --upp "$iccid" -o "$tmp/p.der"
	ok "is as long" test "$(wc -c <"$tmp/p.der")" -eq "$(wc -c <"$upp")"
	cmp -l "$tmp/p.der" "$upp" >"$tmp/cmp"
	ok "differs in few octets" test "$(wc -l <"$tmp/cmp")" -lt 300
	ok "has no error" "$smdpctl" profile check -q "$tmp/p.der"
	ok "which a card takes" fetched
	cat >"$tmp/map.json" <<-'MAP'
	{ "imsi": "auto", "k": "auto",
	  "acc": { "where": "auto", "value": "0040" },
	  "gid2": { "where": "usim/B3/83", "optional": true } }
	MAP
	exits 2 "a map that does not fit" ctl template add odd "$upp" \
	    --map "$tmp/map.json"
	sed -i '/gid2/d; s/"0040" },/"0040" } }/' "$tmp/map.json"
	ok "one that does" ctl --json template add odd "$upp" \
	    --map "$tmp/map.json"
	has "leaves the class as it is" '"optional":\["acc"\]'
	echo '{ "imsi": 1 }' >"$tmp/map.json"
	exits 2 "a map that is none" ctl template add none "$upp" \
	    --map "$tmp/map.json"
	ok "gone" ctl template remove ts48
	exits 3 "and found no more" ctl template show ts48
	ok "its profile is still there" ctl profile export --upp "$iccid" \
	    -o "$tmp/q.der"
	ok "and the same" cmp "$tmp/p.der" "$tmp/q.der"
fi

hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
