#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The ASN.1 binding of ES9+ leads to the same functions: a life of a profile on
# cards of either curve, and the error numbers of refusals.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 6

for eid in $(cards); do
	ok "order" order --type consumer
	ok "download by $eid" card "$eid" --asn1 --save-upp "$tmp/upp" \
	    download "$code"
	ok "installed" test "$(profile_state "$iccid")" = installed
	ok "export" ctl profile export "$iccid" --upp -o "$tmp/want"
	ok "the package is the inventory's" cmp "$tmp/want" "$tmp/upp"
	rm -f "$tmp/want"
done

first=$(cards | sed -n 1p)
second=$(cards | sed -n 2p)

# told NUMBER NAME ARGUMENTS...: refused with this error.
told()
{
	told_number=$1
	told_name=$2
	shift 2
	exits 1 "$told_name: refused" "$@"
	has "$told_name: error $told_number" "asn1/$told_number( |\$)" \
	    "$tmp/err"
}

ok "order" order --type consumer --eid "$first"
told 7 "another card" card "$second" --asn1 download "$code"
told 6 "another MatchingID" card "$first" --asn1 \
    download "LPA:1\$$address\$NO-SUCH-CODE"
told 5 "wrong signature" card "$first" --asn1 --misbehave wrong-signature1 \
    download "$code"
told 10 "other transactionId" card "$first" --asn1 --misbehave other-tid \
    download "$code"
told 1 "wrong address" card "$first" --asn1 --misbehave wrong-address \
    download "$code"
told 2 "old SVN" card "$first" --asn1 --misbehave old-svn download "$code"
told 3 "unknown CI" card "$first" --asn1 --misbehave unknown-ci \
    download "$code"
told 8 "not eligible" card "$first" --asn1 --misbehave no-additional \
    download "$code"
told 1 "signature of the second step" card "$first" --asn1 \
    --misbehave wrong-signature2 download "$code"
ok "postponed" card "$first" --asn1 --cancel postponed@auth download "$code"
ok "still released" test "$(profile_state "$iccid")" = released
ok "and then downloaded" card "$first" --asn1 download "$code"

ok "order with a code" order --type consumer --cc 1234
told 3 "wrong code" card "$first" --asn1 --cc 1235 download "$code"
ok "right code" card "$first" --asn1 --cc 1234 download "$code"
ok "cancelled for good" order --type consumer
ok "rejected" card "$first" --asn1 --cancel endUserRejection@auth \
    download "$code"
ok "error" test "$(profile_state "$iccid")" = error

if command -v curl >/dev/null; then
	post()
	{
		curl -s --cacert "$lab/pki/ci/lab-p256.crt" -m 20 -o /dev/null \
		    -w '%{http_code}' -H "Content-Type: $1" \
		    --data-binary "$2" "https://$address/gsma/rsp2/asn1"
	}
	type=application/x-gsma-rsp-asn1
	ok "JSON is not its media type" \
	    test "$(post application/json '{}')" = 415
	for body in '' 'x' '{}'; do
		ok "no envelope: \`$body'" test "$(post $type "$body")" = 400
	done
else
	skip "bodies that are none" "no curl"
fi
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
