#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One subscription, two packages: each of two cards gets the variant that it
# can take, with the same IMSI and keys.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
able=$(cards | sed -n 1p)
plain=$(cards | sed -n 2p)
[ -n "$plain" ] || plain=$able
no_java='--misbehave capability=FF34FFC0'

# The name of the operator is part of what a template is made of, so the two
# variants differ in it.
ok "a type" ctl type add dual --spn Large
ok "the one that is preferred" ctl --json type variant add dual large \
    --template consumer --javacard --memory 100000
has "needs Java Card" '"services":\["usim","milenage","javacard"\]'
has "and memory" '"memory":100000'
has "and a version, by its package" '"saip_min":"2.3"'
ok "another name" ctl type set dual --spn Small
ok "one for the others" ctl type variant add dual small --template consumer
refused 1 'has a variant small already' "a variant twice" \
    ctl type variant add dual small --template consumer
refused 3 'no template nosuch' "of no template" \
    ctl type variant add dual other --template nosuch
refused 2 'no such service' "a service that is none" \
    ctl type variant add dual other --template consumer --services warp
refused 2 'a version is needed' "a version that is none" \
    ctl type variant add dual other --template consumer --saip-min two
refused 2 'template is missing' "without a template" \
    ctl type variant add dual other
refused 3 'type nosuch: not found' "of no type" \
    ctl type variant add nosuch other --template consumer
ok "list" ctl type variant list dual
has "the preferred one first" '^large +consumer +2\.3 +100000 +usim,milenage,javacard'
ok "in this order" test "$(awk '{ printf "%s ", $1 }' "$tmp/out")" = \
    "VARIANT large small "
refused 1 'has profiles' "the owner stays" ctl type set dual --owner 999-71

ok "a profile" ctl --json profile generate --type dual --count 1
imsi=$(field first_imsi)
ok "an order for any card" order --type dual --lock open --reusable \
    --max-downloads 100
ok "a card that can" card "$able" --save-upp "$tmp/large" download "$code"
ok "order" ctl --json order show "$order"
has "its variant is told" '"variant":"large"'
ok "one that cannot" card "$plain" $no_java --save-upp "$tmp/small" \
    download "$code"
ok "order" ctl --json order show "$order"
has "the other variant" '"variant":"small"'
has "the log says why" 'variant-unfit .*large: no javacard' "$lab/log"
ok "large" grep -aq Large "$tmp/large"
ok "small" grep -aq Small "$tmp/small"
not_ok "they are not the same" cmp -s "$tmp/large" "$tmp/small"

# All but the name is the same: ICCID, IMSI, keys, codes.
values()
{
	sed 's/Large/Small/' <"$1" >"$tmp/same"
	cmp "$tmp/same" "$tmp/small"
}
ok "and are the same subscription" values "$tmp/large"
# EF.IMSI: 8 octets of digits, the first with the parity, then pairs swapped.
ef=$(echo "$imsi" | sed 's/^\(.\)/\19/; s/\(.\)\(.\)/\1 \2 /g' |
    awk '{ printf "08%s%s", $1, $2; for (i = 3; i < NF; i += 2)
	printf "%s%s", $(i + 1), $i }')
hex()
{
	od -An -v -tx1 "$1" | tr -d ' \n'
}
for v in large small; do
	hex "$tmp/$v" >"$tmp/hex"
	has "$v: the IMSI $imsi" "$ef" "$tmp/hex"
done

# None of them.
rm -f "$lab/$able.state" "$lab/$plain.state"
exits 1 "no room" card "$able" --misbehave free-memory=1000 download "$code"
has "refused as ever" '8\.1/4\.8' "$tmp/err"
exits 1 "no card for either" card "$able" --misbehave profile-version=2.1.0 \
    download "$code"
has "refused as ever" '8\.2\.5/4\.3' "$tmp/err"
ctl --json audit list --order "$order" --limit 1 >"$tmp/audit"
has "with a reason each" 'large: profileVersion.*small: profileVersion' \
    "$tmp/audit"

# A profile of before, made from what is no variant, is the last to be tried.
ok "a type without" ctl type add later --spn Old
ok "its profile" ctl profile generate --type later --count 1
ok "a new name" ctl type set later --spn New
ok "a variant" ctl type variant add later new --template consumer --javacard
ok "order" order --type later --lock open --reusable
ok "its own" card "$plain" $no_java --save-upp "$tmp/own" download "$code"
ok "old" grep -aq Old "$tmp/own"
ok "order" ctl --json order show "$order"
has "no variant" '"variant":null'
ok "the new one" card "$able" --save-upp "$tmp/new" download "$code"
ok "new" grep -aq New "$tmp/new"

ok "remove" ctl type variant remove later new
refused 3 'has no variant new' "once" ctl type variant remove later new
rm -f "$lab/$able.state"
ok "then its own again" card "$able" --save-upp "$tmp/own" download "$code"
ok "old" grep -aq Old "$tmp/own"

# Templates of different size: what the large one has besides is drawn for the
# profile of the small one, too.
ok "a type for things" ctl type add things --spn Things
ok "the large one" ctl type variant add things full --template consumer \
    --javacard
ok "the small one" ctl type variant add things small --template iot
ok "a profile of the small one" ctl --json profile generate --type things \
    --count 1 --template iot
imsi=$(field first_imsi)
ok "order" order --type things --lock open --reusable
ok "a card that can" card "$able" --save-upp "$tmp/full" download "$code"
ok "one that cannot" card "$plain" $no_java --save-upp "$tmp/iot" \
    download "$code"
ok "order" ctl --json order show "$order"
has "the small one" '"variant":"small"'
ok "it is smaller" test "$(wc -c <"$tmp/iot")" -lt "$(wc -c <"$tmp/full")"
for v in full iot; do
	ok "$v: in words" ctl profile show --decode --file "$tmp/$v"
	has "$v: the same IMSI" "$imsi"
done

# So it is with a subscription of a file.
printf 'iccid,imsi\n%s,999709990000001\n' 8999901999000000016 >"$tmp/rows.csv"
ok "a subscription of a file" ctl profile import --type things \
    --template iot --csv "$tmp/rows.csv"
ok "order" order --iccid 8999901999000000016
rm -f "$lab/$able.state"
ok "a card that can" card "$able" download "$code"
ok "order" ctl --json order show "$order"
has "the large one, too" '"variant":"full"'

# A package that was bound for what the card was is not given to what it is.
rm -f "$lab/$able.state"
ok "a second profile" ctl profile generate --type dual --count 1
ok "order" order --type dual
ok "put off" card "$able" --cancel postponed@bpp download "$code"
ok "less able now" card "$able" $no_java download "$code"
ok "order" ctl --json order show "$order"
has "what it can take" '"variant":"small"'

ok "audit" ctl --json audit list
has "all of it" '"variant.remove".*"type=later variant=new"'
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
