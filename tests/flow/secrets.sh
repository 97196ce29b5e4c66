#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# No secret in a log, in the database file in clear, or in an error message:
# K, OPc, PINs, PUKs and OTA keys of a profile, MatchingID, confirmation code,
# private keys, the key-encryption key.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
sed -i 's/^log-level.*//' "$lab/smdpd.conf"
echo 'log-level debug' >>"$lab/smdpd.conf"
ok "daemon" lab_start
ok "profiles" lab_profiles 3
first=$(cards | head -1)
cc=5029384756

ok "order" order --type consumer --cc $cc
mid=${code#LPA:1\$*\$}
mid=${mid%%\$*}
card "$first" download "$code" --cc 1234567 >"$tmp/words" 2>&1
card "$first" download "$code" --cc $cc --save-upp "$tmp/upp" \
    >>"$tmp/words" 2>&1
ok "installed" test "$(profile_state "$iccid")" = installed
ctl audit list >>"$tmp/words" 2>&1
ctl order show "$order" >/dev/null 2>&1
ctl --json audit list >>"$tmp/words" 2>&1
ctl session list >>"$tmp/words" 2>&1
ctl notify list >>"$tmp/words" 2>&1
for words in "show" "show --decode" "export"; do
	ctl profile $words "$iccid" >>"$tmp/words" 2>&1
	ctl --json profile $words "$iccid" >>"$tmp/words" 2>&1
done
has "a decoded package is among the words" '^ +opc +[*]+$' "$tmp/words"
ctl profile list >>"$tmp/words" 2>&1
ctl export hss --format csv --plain -o "$tmp/hss" >>"$tmp/words" 2>&1
ctl --json audit list >>"$tmp/words" 2>&1
ok "the daemon ends" lab_stop

# Octets of a file as one line of hex, and a needle in it at any place.
hex()
{
	od -An -v -tx1 "$1" | tr -d ' \n'
}
for f in smdp.db smdp.db-wal log; do
	[ -f "$lab/$f" ] && hex "$lab/$f"
done >"$tmp/haystack.hex"
{ hex "$tmp/words"; cat "$tmp/haystack.hex"; } >"$tmp/all.hex"

absent()
{
	[ -n "$2" ] && ! grep -q "$2" "$tmp/all.hex"
	tap_case $? "no $1"
}

hex "$tmp/upp" >"$tmp/upp.hex"
# The search itself must be able to find: the ICCID is no secret.
ok "what is no secret is found" grep -q \
    "$(printf %s "$iccid" | od -An -v -tx1 | tr -d ' \n')" "$tmp/all.hex"

aka=$(grep -o 'a1[0-9a-f]\{4\}[0-9a-f]*8210[0-9a-f]\{32\}8310[0-9a-f]\{32\}' \
    "$tmp/upp.hex" | head -1)
k=$(printf %s "$aka" | sed 's/.*8210\([0-9a-f]\{32\}\)8310.*/\1/')
opc=$(printf %s "$aka" | sed 's/.*8310\([0-9a-f]\{32\}\).*/\1/')
ok "K and OPc were found in the package" test ${#k}${#opc} = 3232
absent "K" "$k"
absent "OPc" "$opc"
k_text=$(printf %s "$k" | od -An -v -tx1 | tr -d ' \n')
absent "K as text" "$k_text"
# PINs and PUKs: eight octets after tag 81 in the code elements.
n=0
for pin in $(grep -o '81083[0-9][0-9a-f]\{14\}' "$tmp/upp.hex" |
    cut -c5- | sort -u); do
	n=$((n + 1))
	absent "PIN or PUK $n" "$pin"
done
ok "codes were found in the package" test $n -ge 4
n=0
for key in $(grep -o '8610[0-9a-f]\{32\}' "$tmp/upp.hex" | cut -c5- |
    sort -u); do
	n=$((n + 1))
	absent "OTA key $n" "$key"
done
ok "OTA keys were found in the package" test $n -ge 3
# The file for the network has them, and nothing else that was written has.
hex "$tmp/hss" >"$tmp/hss.hex"
ok "K is in the file for the network" grep -qi \
    "$(printf %s "$k" | tr a-f A-F | od -An -v -tx1 | tr -d ' \n')" \
    "$tmp/hss.hex"
for text in "$k" "$opc"; do
	absent "key in capital letters" "$(printf %s "$text" |
	    tr a-f A-F | od -An -v -tx1 | tr -d ' \n')"
done
absent "piece of the package" "$(cut -c2000-2100 "$tmp/upp.hex")"
absent "confirmation code" "$(printf %s $cc | od -An -v -tx1 | tr -d ' \n')"
sha=$(printf %s $cc | sha256sum | cut -c1-64)
absent "hash of the confirmation code" "$sha"
absent "MatchingID" "$(printf %s "$mid" | od -An -v -tx1 | tr -d ' \n')"
absent "KEK" "$(tr -d '\n' <"$lab/kek" | cut -c1-64 | tr A-F a-f)"
absent "KEK as text" "$(head -c 64 "$lab/kek" | od -An -v -tx1 |
    tr -d ' \n')"
# The 32 octets of a private key, as hex.
scalar()
{
	openssl pkey -in "$1" -noout -text 2>/dev/null | awk '
	    /^pub:/ { exit }
	    on { gsub(/[ :]/, ""); printf "%s", $0 }
	    /^priv:/ { on = 1 }' | tail -c 64
}

for key in "$lab"/pki/dp/*/*.key "$lab"/pki/tls/*.key; do
	name=$(basename "$(dirname "$key")")/$(basename "$key")
	if command -v openssl >/dev/null; then
		absent "$name (octets)" "$(scalar "$key")"
	fi
	body=$(grep -v -- '-----' "$key" | head -1)
	absent "$(basename "$(dirname "$key")")/$(basename "$key")" \
	    "$(printf %s "$body" | od -An -v -tx1 | tr -d ' \n')"
done

done_testing
