#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# smdp-pki from its command line: what it makes, refuses and leaves alone.
. "${TOP_SRCDIR:=.}/tests/lib.sh"

pki=$TOP_BUILDDIR/tools/smdp-pki
lab=$tmp/pki

# Every key is private and everything else can be read.
modes_right()
{
	[ -z "$(find "$1" -name '*.key' ! -perm 0600)" ] &&
	    [ -z "$(find "$1" -type f ! -name '*.key' ! -perm 0644)" ] &&
	    [ -z "$(find "$1" -type d ! -perm 0755)" ]
}

# A value of the last `show'.
shown()
{
	sed -n "s/^$1  *//p" "$tmp/out"
}

# Mod 97 over 32 digits, four at a time.
eid_right()
{
	[ "${#1}" -eq 32 ] || return 1
	rest=0
	for part in $(echo "$1" | sed 's/..../& /g; s/\( \|^\)0*\([0-9]\)/\1\2/g')
	do
		rest=$(((rest * 10000 + part) % 97))
	done
	[ "$rest" -eq 1 ]
}

all_eids_right()
{
	while read -r eid; do
		eid_right "$eid" || return 1
	done <"$1"
}

listing()
{
	(cd "$1" && find . | sort)
}

same_listing()
{
	listing "$1" >"$tmp/now" && cmp "$2" "$tmp/now"
}

# usage ----------------------------------------------------------------------
ok "--version" "$pki" --version
has "version is one line" '^smdp-pki [0-9]+\.[0-9]+\.[0-9]+$'
ok "--help" "$pki" --help
for noun in ci eum euicc dp tls client crl; do
	has "help has $noun new" "^  $noun +new "
done
ok "help of a noun" "$pki" dp --help
hasnt "help of a noun has no other" '^  eum '
ok "help of a verb" "$pki" euicc new --help
has "help of a verb has its options" '^  --count N '
refused 2 'noun is missing' "no command" "$pki"
refused 2 'no such command' "an unknown command" "$pki" nonsense new "$lab"
refused 2 'no such command' "lists revoke nothing" "$pki" crl revoke "$lab" x
refused 2 '--speed: no such option' "an unknown option" \
    "$pki" ci new "$lab" --speed 3
refused 2 '--count: not an option of ci new' "an option of another verb" \
    "$pki" ci new "$lab" --count 3
refused 2 'value is missing' "an option without value" \
    "$pki" euicc new "$lab" --count
refused 2 '--count 0: not a number' "no cards" "$pki" euicc new "$lab" --count 0
refused 2 '--curve p384' "another curve" "$pki" ci new "$lab" --curve p384
refused 2 '--address' "init without address" "$pki" init "$lab"
refused 2 'takes DIR' "init without directory" "$pki" init --address localhost

# init -----------------------------------------------------------------------
for bad in '' 'a b' ':8443' 'host:' 'host:x' 'host:123456' '.host' \
    'a..b' 'ho/st'; do
	refused 1 'not a HOST' "init refuses the address '$bad'" \
	    "$pki" init "$lab" --address "$bad"
done
not_ok "a refused init makes nothing" test -e "$lab"
refused 3 'No such file' "init below nothing" \
    "$pki" init "$tmp/no/pki" --address localhost
ok "init" "$pki" init "$lab" --address SMDP.Example.com:8443
for f in ci/lab-p256 ci/lab-bp256 eum/lab-p256 eum/lab-bp256 \
    dp/lab-p256/auth dp/lab-p256/pb dp/lab-bp256/auth dp/lab-bp256/pb \
    tls/smdp.example.com; do
	ok "init makes $f" test -s "$lab/$f.crt" -a -s "$lab/$f.key"
done
ok "init makes an empty crl" test -d "$lab/crl"
ok "init makes one card per curve" \
    test "$(ls "$lab/euicc" | grep -c '\.crt$')" -eq 2
ok "modes" modes_right "$lab"
ls "$lab/euicc" | sed -n 's/\.crt$//p' >"$tmp/cards"
ok "check digits of the cards" all_eids_right "$tmp/cards"
listing "$lab" >"$tmp/before"
refused 1 'not empty' "a second init" "$pki" init "$lab" --address localhost
ok "a refused init changes nothing" same_listing "$lab" "$tmp/before"
mkdir "$tmp/empty"
ok "init into an empty directory" "$pki" init "$tmp/empty" --address 127.0.0.1:1
ok "an address of numbers has a certificate" test -s "$tmp/empty/tls/127.0.0.1.crt"
mkdir "$tmp/some"
: >"$tmp/some/.hidden"
refused 1 'not empty \(\.hidden' "init into a directory with a hidden file" \
    "$pki" init "$tmp/some" --address localhost

# show -----------------------------------------------------------------------
ok "show ci" "$pki" ci show "$lab" lab-bp256
has "its role" '^role +CI \(2\.23\.146\.1\.2\.1\.0\)$'
has "its curve" '^curve +brainpoolP256r1$'
hasnt "no AKI" '^AKI'
ski=$(shown SKI)
ok "show eum" "$pki" eum show "$lab" lab-bp256
has "issued by its CI" "^AKI +$ski\$"
has "may issue" '^may issue +O=smdpd lab, EID 89049032\.\.\.$'
ski=$(shown SKI)
name=$(shown subject)
card=
for eid in $(cat "$tmp/cards"); do
	"$pki" euicc show "$lab" "$eid" >"$tmp/out"
	[ "$(shown curve)" != brainpoolP256r1 ] || card=$eid
done
ok "show euicc" "$pki" euicc show "$lab" "$card"
has "a card's EUM by key" "^AKI +$ski\$"
has "a card's EUM by name" "^issuer +$name\$"
has "its EID" "^EID +$card\$"
has "good for long" '^valid to +7496-01-24 09:48:58 UTC$'
has "its key" '^key file +fits$'
ok "show a file" "$pki" euicc show "$lab/euicc/$card.crt"
has "the same" "^EID +$card\$"
ok "show dp" "$pki" dp show "$lab" lab-p256
has "DPauth" '^role +DPauth '
has "DPpb" '^role +DPpb '
ok "show tls" "$pki" tls show "$lab" smdp.example.com
has "its CN" '^subject +O=smdpd lab, CN=smdp\.example\.com$'
refused 3 'nobody\.crt: No such file' "show of nobody" \
    "$pki" ci show "$lab" nobody
refused 3 'no/pki: No such file' "show of nowhere" \
    "$pki" ci show "$tmp/no/pki" lab-p256
refused 2 'which name' "show of a directory" "$pki" ci show "$lab"
echo nonsense >"$tmp/nonsense.crt"
refused 1 'nonsense\.crt: ' "show of nonsense" "$pki" ci show "$tmp/nonsense.crt"

# cards ----------------------------------------------------------------------
ok "more cards" "$pki" euicc new "$lab" --curve bp256 --count 30
cp "$tmp/out" "$tmp/eids"
ok "each told once" test "$(sort -u "$tmp/eids" | grep -c .)" -eq 30
ok "each with check digits" all_eids_right "$tmp/eids"
ok "each with the IIN" test "$(grep -c '^89049032' "$tmp/eids")" -eq 30
ok "each with its files" sh -c \
    'while read -r e; do test -s "$0/$e.crt" -a -s "$0/$e.key" || exit 1; done' \
    "$lab/euicc" <"$tmp/eids"
ok "of the curve asked for" "$pki" euicc show "$lab" "$(head -1 "$tmp/eids")"
has "which is" '^curve +brainpoolP256r1$'
ok "a card of this EID" "$pki" euicc new "$lab" \
    --eid 89049032000000000000000000000123
has "is told to have wrong check digits" 'check digits are wrong' "$tmp/err"
refused 1 'File exists' "the same EID again" "$pki" euicc new "$lab" \
    --eid 89049032000000000000000000000123
refused 1 'may issue this EID' "an EID of another IIN" "$pki" euicc new "$lab" \
    --eid 89044011000000000000000000000101
refused 1 'not an EID' "a short EID" "$pki" euicc new "$lab" --eid 8904
refused 2 'one card' "one EID for two cards" "$pki" euicc new "$lab" \
    --eid 89049032000000000000000000000124 --count 2
refused 3 'nobody\.crt' "an EUM that is not there" "$pki" euicc new "$lab" \
    --eum nobody
ok "modes of cards" modes_right "$lab"

# new ------------------------------------------------------------------------
refused 1 'File exists' "a CI of a name that is taken" "$pki" ci new "$lab"
ok "another CI" "$pki" ci new "$lab" other --curve bp256 --org 'Grün & Söhne' \
    --oid 2.999.7 --crl-url http://ci.example.com/o.crl --days 3
has "its path is told" "^$lab/ci/other\\.crt\$"
ok "which shows" "$pki" ci show "$lab" other
has "its organization" '^subject +O=Grün & Söhne, CN=CI other$'
has "its OID" '^OID +2\.999\.7$'
ok "an EUM of that CI" "$pki" eum new "$lab" mine --ci other --iin 89881234
ok "a card of that EUM" "$pki" euicc new "$lab" --eum mine
has "with its IIN" '^89881234[0-9]{24}$'
ok "a card by EID alone finds its EUM" "$pki" euicc new "$lab" \
    --curve bp256 --eid 89881234000000000000000000000055
refused 1 'IIN has 8 digits' "a short IIN" "$pki" eum new "$lab" x --iin 8904
refused 1 'not a name' "a name with a slash" "$pki" ci new "$lab" ../x
refused 1 'not a name' "a name with a dot first" "$pki" ci new "$lab" .x
ok "a pair of that CI" "$pki" dp new "$lab" second --ci other --oid 2.999.11
ok "both files" test -s "$lab/dp/second/auth.key" -a -s "$lab/dp/second/pb.key"
refused 1 'exists already' "a pair of a name that is taken" \
    "$pki" dp new "$lab" second
refused 1 'dp/lab-bp256: exists' "its usual name is that of its CI's curve" \
    "$pki" dp new "$lab" --ci other
refused 1 'cannot be issued' "an OID that is none" \
    "$pki" dp new "$lab" third --oid 2.x
ok "nothing is left of it" test ! -e "$lab/dp/third" \
    -a "$(ls -A "$lab/dp" | grep -c '^\.')" -eq 0
ok "two hosts" "$pki" tls new "$lab" --host '*.example.com' \
    --host rsp.example.net --ci other
ok "a wildcard's file" test -s "$lab/tls/_.example.com.crt"
refused 2 'needs a host' "TLS without host" "$pki" tls new "$lab"
refused 1 'lower case' "a host with a port" "$pki" tls new "$lab" --host a.b:1
ok "a client" "$pki" client new "$lab" operator
ok "another client" "$pki" client new "$lab" shop
ok "of the same CA" test "$(ls "$lab/es2" | grep -c '^ca\.crt$')" -eq 1
refused 2 'takes DIR NAME' "a client without name" "$pki" client new "$lab"
ok "modes of all" modes_right "$lab"
mv "$lab/ci/other.key" "$tmp/other.key"
refused 3 'other\.key: No such file' "a CI without key issues nothing" \
    "$pki" dp new "$lab" third --ci other
mv "$tmp/other.key" "$lab/ci/other.key"

# renew ----------------------------------------------------------------------
cp "$lab/dp/lab-p256/pb.key" "$tmp/pb.key"
"$pki" tls show "$lab" smdp.example.com >"$tmp/tls.before"
ok "renew tls" "$pki" tls renew "$lab" smdp.example.com --days 5
ok "show it" "$pki" tls show "$lab" smdp.example.com
for same in subject issuer SKI AKI OID; do
	has "same $same" "^$(grep "^$same " "$tmp/tls.before")\$"
done
has "its key still fits" '^key file +fits$'
hasnt "another serial" "^$(grep '^serial ' "$tmp/tls.before")\$"
hasnt "another end" "^$(grep '^valid to ' "$tmp/tls.before")\$"
ok "renew dp" "$pki" dp renew "$lab" lab-p256
ok "the key is the same" cmp "$tmp/pb.key" "$lab/dp/lab-p256/pb.key"
ok "renew ci" "$pki" ci renew "$lab" lab-p256
ok "renew eum" "$pki" eum renew "$lab" mine
ok "renew euicc" "$pki" euicc renew "$lab" "$card"
ok "renew client" "$pki" client renew "$lab" operator
refused 3 'nobody' "renew nobody" "$pki" eum renew "$lab" nobody

# lists ----------------------------------------------------------------------
refused 3 'no list' "no list to renew" "$pki" crl renew "$lab"
ok "new lists" "$pki" crl new "$lab"
ok "one per CI" test "$(ls "$lab/crl" | grep -c '\.crl$')" -eq 3
refused 1 'every CI has' "no more" "$pki" crl new "$lab"
ok "show an empty list" "$pki" crl show "$lab" lab-p256
has "number 1" '^number +01$'
has "nobody on it" '^revoked +none$'
"$pki" eum show "$lab" lab-p256 >"$tmp/out"
serial=$(shown serial)
ok "revoke an EUM" "$pki" eum revoke "$lab" lab-p256
has "its list is told" "^$lab/crl/lab-p256\\.crl\$"
ok "revoke a pair" "$pki" dp revoke "$lab" lab-p256
refused 1 'revoked already' "revoke twice" "$pki" eum revoke "$lab" lab-p256
ok "renew lists" "$pki" crl renew "$lab" --days 2
ok "show the list" "$pki" crl show "$lab" lab-p256
has "the first is still on it" "^revoked +$serial since 20"
has "number 4" '^number +04$'
ok "with both of the pair" test "$(grep -c '^revoked ' "$tmp/out")" -eq 3
ok "show a list's file" "$pki" crl show "$lab/crl/other.crl"
has "that is still empty" '^revoked +none$'
refused 1 'no list has cards' "revoke a card" "$pki" euicc revoke "$lab" "$card"
ok "revoke a client" "$pki" client revoke "$lab" shop
ok "on the list of its CA" "$pki" crl show "$lab/es2/ca.crl"
has "which has it" '^revoked +[0-9A-F]{18} since'

# the stock tool -------------------------------------------------------------
if command -v openssl >/dev/null; then
	ok "openssl: TLS" openssl verify -purpose sslserver \
	    -verify_hostname smdp.example.com -CAfile "$lab/ci/lab-p256.crt" \
	    "$lab/tls/smdp.example.com.crt"
	ok "openssl: localhost" openssl verify -verify_hostname localhost \
	    -CAfile "$lab/ci/lab-p256.crt" "$lab/tls/smdp.example.com.crt"
	ok "openssl: an address" openssl verify -verify_ip 127.0.0.1 -CAfile \
	    "$tmp/empty/ci/lab-p256.crt" "$tmp/empty/tls/127.0.0.1.crt"
	ok "openssl: client" openssl verify -purpose sslclient -CAfile \
	    "$lab/es2/ca.crt" "$lab/es2/client-operator.crt"
	ok "openssl: EUM" openssl verify -CAfile "$lab/ci/other.crt" \
	    "$lab/eum/mine.crt"
	ok "openssl: list" openssl crl -in "$lab/crl/lab-p256.crl" -noout \
	    -CAfile "$lab/ci/lab-p256.crt"
	ok "openssl: key" openssl pkey -in "$lab/dp/lab-bp256/auth.key" \
	    -noout -check
else
	skip "openssl" "no openssl program here"
fi
done_testing
