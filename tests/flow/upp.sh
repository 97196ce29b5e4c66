#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The published test packages under the published test PKI: each alone in a
# fresh lab is imported, downloaded and arrives byte-identical.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"
. "$TOP_SRCDIR/tests/flow/contents.sh"

data=${SMDP_TESTDATA:-$TOP_SRCDIR/../shared/testdata}
[ -d "$data/upp" ] && [ -d "$data/sgp26" ] ||
    skip_all "no test data (SMDP_TESTDATA names the directory)"

eid=89049032123451234512345678901235

# A PKI directory out of the published files, and a TLS certificate of our own.
sgp26_pki()
{
	pki=$1
	mkdir -p "$pki/ci" "$pki/dp/nist" "$pki/dp/brp" "$pki/tls" \
	    "$pki/crl" "$pki/eum" "$pki/euicc" || return 1
	for c in NIST BRP; do
		d=$(echo $c | tr NISTBRP nistbrp)
		cp "$data/sgp26/CertificateIssuer/CERT_CI_ECDSA_$c.der" \
		    "$pki/ci/$d.crt" &&
		cp "$data/sgp26/CertificateIssuer/SK_CI_ECDSA_$c.pk8.der" \
		    "$pki/ci/$d.key" &&
		cp "$data/sgp26/DPauth/CERT_S_SM_DPauth_ECDSA_$c.der" \
		    "$pki/dp/$d/auth.crt" &&
		cp "$data/sgp26/DPauth/SK_S_SM_DPauth_ECDSA_$c.pk8.der" \
		    "$pki/dp/$d/auth.key" &&
		cp "$data/sgp26/DPpb/CERT_S_SM_DPpb_ECDSA_$c.der" \
		    "$pki/dp/$d/pb.crt" &&
		cp "$data/sgp26/DPpb/SK_S_SM_DPpb_ECDSA_$c.pk8.der" \
		    "$pki/dp/$d/pb.key" &&
		cp "$data/sgp26/EUM/CERT_EUM_ECDSA_$c.der" "$pki/eum/$d.crt" &&
		cp "$data/sgp26/EUM/SK_EUM_ECDSA_$c.pk8.der" \
		    "$pki/eum/$d.key" || return 1
	done
	sgp26_card "$1" NIST
}

# Both cards have the same EID: one at a time.
sgp26_card()
{
	cp "$data/sgp26/eUICC/CERT_EUICC_ECDSA_$2.der" \
	    "$1/euicc/$eid.crt" &&
	cp "$data/sgp26/eUICC/SK_EUICC_ECDSA_$2.pk8.der" \
	    "$1/euicc/$eid.key"
	chmod -R u+w "$1"
	find "$1" -name '*.key' -exec chmod 600 {} +
}

sgp26_lab()
{
	lab_init || return 1
	rm -rf "$lab/pki"
	sgp26_pki "$lab/pki" &&
	    "$smdp_pki" tls new "$lab/pki" --ci nist --host localhost
}

roundtrip()
{
	rm -f "$tmp/arrived"
	ctl type add test --class test --spn Test --name Test &&
	ctl profile import "$1" --type test &&
	order --type test &&
	card $eid --save-upp "$tmp/arrived" download "$code" &&
	cmp "$1" "$tmp/arrived" &&
	test "$(profile_state "$iccid")" = installed
}

# Anyone knows their keys: not as operational ones.
sgp26_lab >"$tmp/out" 2>"$tmp/err"
lab_start
ok "an operational type" ctl type add sold
ok "one that says who" ctl type add both --class test \
    --owner 001-01,gid1=FFFF,gid2=FFFF
ok "one without groups" ctl type add half --class test --owner 001-01
for upp in "$data"/upp/*.der; do
	refused 1 'is one for tests' "$(basename "$upp") is not sold" \
	    ctl profile import "$upp" --type sold
done
refused 1 'EF.UST has service 17' "owner and package disagree" \
    ctl profile import "$upp" --type half
ok "a test profile with its owner" ctl profile import "$upp" --type both
has "cards may refuse it" 'cards may refuse this K' "$tmp/err"
ok "order" order --type both
ok "installed" card $eid download "$code"
lab_stop
rm -rf "$lab"

# What the file for the network has of it is what the card has.
told()
{
	rm -f "$tmp/hss.csv"
	ctl export hss --format csv --plain -o "$tmp/hss.csv" &&
	contents_of "$lab/$eid.state" "$iccid" >"$tmp/cards" &&
	contents_equal "$tmp/hss.csv"
}

n=0
for upp in "$data"/upp/*.der; do
	n=$((n + 1))
	sgp26_lab >"$tmp/out" 2>"$tmp/err" || {
		ok "lab for $(basename "$upp")" false
		break
	}
	# Every other one on the brainpool card.
	[ $((n % 2)) -eq 0 ] && sgp26_card "$lab/pki" BRP
	lab_start
	ok "$(basename "$upp") arrives as it is" roundtrip "$upp"
	ok "$(basename "$upp") is told to the network" told
	lab_stop
	rm -rf "$lab"
done
done_testing
