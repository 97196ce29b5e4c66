#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The file for the network's subscriber database: every format, encrypted for
# its reader by the daemon, with its row in the audit before it leaves; what
# is in it is what a card is given.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

n=2000

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles $n

openssl=$(command -v openssl)

# reader NAME ALGORITHM...: a certificate and its key.
reader()
{
	reader_name=$1
	shift
	"$openssl" req -x509 -nodes -newkey "$@" -keyout "$tmp/$reader_name.key" \
	    -out "$tmp/$reader_name.crt" -subj "/CN=$reader_name" -days 30
}

# decrypt NAME FILE [FORM]
decrypt()
{
	"$openssl" cms -decrypt -inform "${3:-DER}" -in "$2" \
	    -inkey "$tmp/$1.key" -recip "$tmp/$1.crt" -out "$tmp/clear"
}

audited()
{
	ctl --json audit list --limit 50 >"$tmp/audit"
	grep -c "\"action\":\"$1\"" "$tmp/audit"
}

# In clear, as a lab may have it ---------------------------------
for f in csv open5gs osmo-hlr free5gc; do
	ok "$f" ctl export hss --format $f --plain -o "$tmp/$f"
	has "says how many" ": $n subscribers, SHA-256 [0-9a-f]{64}$"
	sum=$(sha256sum "$tmp/$f" | cut -d ' ' -f 1)
	has "with the digest of the file" "SHA-256 $sum$"
	ok "for its owner alone" test "$(stat -c %a "$tmp/$f")" = 600
	audited export.hss >/dev/null
	has "which is in the audit" "format=$f count=$n recipient=none,plain sha256=$sum" \
	    "$tmp/audit"
done
ok "a head and as many rows" test "$(wc -l <"$tmp/csv")" -eq $((n + 1))
ok "a document for each" test "$(wc -l <"$tmp/open5gs")" -eq $n
ok "a request for each" test "$(wc -l <"$tmp/free5gc")" -eq $n
ok "two commands for each" test "$(wc -l <"$tmp/osmo-hlr")" -eq \
    $((2 * n + 1))
if command -v python3 >/dev/null; then
	for f in open5gs free5gc; do
		ok "$f is JSON" python3 -c '
import json, sys
for line in sys.stdin: json.loads(line)' <"$tmp/$f"
	done
fi
ok "columns that are asked for" ctl export hss --format csv --plain \
    --columns imsi,k -o "$tmp/two"
has "have their head" '^imsi,k$' "$tmp/two"
has "and their values" '^[0-9]{15},[0-9A-F]{32}$' "$tmp/two"
iccid=$(sed -n 3p "$tmp/csv" | cut -d , -f 1)
ok "one subscriber" ctl export hss --format csv --plain --iccid "$iccid" \
    -o "$tmp/one"
ok "is one row" test "$(wc -l <"$tmp/one")" -eq 2
ctl --json audit list --iccid "$iccid" >"$tmp/audit"
has "and is found by its ICCID" '"action":"export.hss"' "$tmp/audit"

ok "more of them, together" ctl --json profile generate --type consumer \
    --count 1500
batch=$(field batch)
ok "a batch" ctl export hss --format csv --plain --batch "$batch" \
    -o "$tmp/batch"
ok "has its own" test "$(wc -l <"$tmp/batch")" -eq 1501
cut -d , -f 1 "$tmp/csv" | sed 1d | sort >"$tmp/others"
cut -d , -f 1 "$tmp/batch" | sed 1d | sort >"$tmp/own"
ok "and no others" test -z "$(comm -12 "$tmp/others" "$tmp/own")"
ctl export hss --format csv --plain -o "$tmp/all" >/dev/null
ok "which are in the inventory" test "$(wc -l <"$tmp/all")" -eq \
    $((n + 1501))
refused 3 'batch 99: not found' "a batch that is not there" ctl export hss \
    --format csv --plain --batch 99 -o "$tmp/x"

# What is refused ------------------------------------------------
refused 2 '--recipient' "nobody is named" ctl export hss --format csv \
    -o "$tmp/x"
refused 2 '-o FILE' "no file is named" ctl export hss --format csv --plain
refused 2 'terminal or a device' "a device" ctl export hss --format csv \
    --plain -o /dev/null
refused 1 'is there already' "a file that is there" ctl export hss \
    --format csv --plain -o "$tmp/csv"
refused 3 'nosuch.crt' "no such certificate" ctl export hss --format csv \
    --recipient "$tmp/nosuch.crt" -o "$tmp/x"
refused 1 'keyAgreement' "a certificate for signing" ctl export hss \
    --format csv --recipient "$(ls "$lab"/pki/dp/*/auth.crt | head -1)" \
    -o "$tmp/x"
refused 1 'no certificate' "a key" ctl export hss --format csv \
    --recipient "$lab/smdpd.conf" -o "$tmp/x"
refused 2 'format' "a format that nobody knows" ctl export hss --format hlr \
    --plain -o "$tmp/x"
refused 3 'type none' "a type that is not there" ctl export hss --format csv \
    --type none --plain -o "$tmp/x"
refused 3 'none that fits' "an empty selection" ctl export hss --format csv \
    --state error --plain -o "$tmp/x"
ok "nothing was written" test ! -e "$tmp/x"
ok "nothing is left" test -z "$(ls "$tmp" | grep '^x\.')"

# Encrypted ------------------------------------------------------
if [ -n "$openssl" ]; then
	reader ec ec -pkeyopt ec_paramgen_curve:P-256 2>"$tmp/words"
	reader rsa rsa:2048 2>>"$tmp/words"
	for who in ec rsa; do
		ok "for $who" ctl export hss --format csv \
		    --recipient "$tmp/$who.crt" -o "$tmp/$who.cms"
		ok "it opens" decrypt $who "$tmp/$who.cms"
		ok "to the same" cmp "$tmp/clear" "$tmp/all"
	done
	not_ok "not for another" decrypt rsa "$tmp/ec.cms"
	ok "in PEM" ctl export hss --format csv --recipient "$tmp/ec.crt" \
	    --pem --reason "first delivery" -o "$tmp/ec.pem"
	ok "it opens" decrypt ec "$tmp/ec.pem" PEM
	ok "to the same" cmp "$tmp/clear" "$tmp/all"
	audited export.hss >/dev/null
	has "the reason is on record" 'reason=first delivery' "$tmp/audit"
	ok "the certificate in DER" "$openssl" x509 -in "$tmp/ec.crt" \
	    -outform DER -out "$tmp/ec.der"
	ok "does as well" ctl export hss --format osmo-hlr \
	    --recipient "$tmp/ec.der" -o "$tmp/hlr.cms"
	ok "it opens" decrypt ec "$tmp/hlr.cms"
	ok "to as much" test "$(wc -l <"$tmp/clear")" -eq \
	    $((2 * (n + 1500) + 1))
	"$openssl" cms -cmsout -print -inform DER -in "$tmp/hlr.cms" \
	    >"$tmp/words"
	has "authenticated" 'authEnvelopedData' "$tmp/words"
	has "by AES-256-GCM" 'aes-256-gcm' "$tmp/words"
	has "under a key by ECDH with SHA-256" \
	    'dhSinglePass-stdDH-sha256kdf' "$tmp/words"
else
	skip "encrypted files" "openssl is not installed"
fi

# Broken off -----------------------------------------------------
ok "nothing was broken off" test "$(audited export.hss.broken-off)" -eq 0
ctl export hss --format free5gc --plain -o - 2>/dev/null | head -c 1000 \
    >"$tmp/piece"
tenths=0
until [ "$(audited export.hss.broken-off)" -ge 1 ] || [ $tenths -gt 100 ]; do
	sleep 0.1
	tenths=$((tenths + 1))
done
ok "who goes away is on record" test \
    "$(audited export.hss.broken-off)" -eq 1
ok "beside the row before" test "$(grep -c 'format=free5gc count=3500' \
    "$tmp/audit")" -eq 2

# Not a lab ------------------------------------------------------
ok "the daemon ends" lab_stop
sed -i 's/^lab .*/lab no/' "$lab/smdpd.conf"
ok "no lab any more" lab_start
refused 1 'lab yes' "keys in clear" ctl export hss --format csv --plain \
    -o "$tmp/x"
ok "nothing was written" test ! -e "$tmp/x"
ok "no file is left beside the database" test \
    -z "$(ls "$lab" | grep spool)"
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
