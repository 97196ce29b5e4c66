#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A card that does wrong is refused with the right code, the profile stays what
# it was, and an honest card has it afterwards.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 1
eid=$(cards | head -1)
ok "order" order --type consumer --max-downloads 1000

# told CODE NAME [OPTIONS...]: it fails, and says this code.
told()
{
	told_code=$1
	exits 1 "$2: refused" card "$eid" --misbehave "$2" $3 $4 \
	    download "$code"
	has "$2: with $told_code" "$told_code" "$tmp/err"
}

# wrong CODE NAME [STATE]: refused with CODE; the profile is then in STATE.
wrong()
{
	rm -f "$lab/$eid.state"
	told "$1" "$2"
	ok "$2: the profile is ${3:-released}" \
	    test "$(profile_state "$iccid")" = "${3:-released}"
}

wrong '8\.8\.3/3\.1' old-svn
wrong '8\.8\.2/3\.1' unknown-ci
wrong '8\.8\.1/3\.8' wrong-address
wrong '8\.1/6\.1' wrong-challenge
wrong '8\.1/6\.1' wrong-signature1
wrong '8\.10\.1/3\.9' other-tid
wrong '8\.10\.1/3\.9' other-json-tid
wrong '8\.1\.3/6\.1|8\.1\.2/6\.1' foreign-chain
wrong '8\.1\.2/6\.1' forged-eum
wrong '8\.1\.3/6\.3' expired-euicc
wrong '8\.1\.2/6\.3' expired-eum
wrong '8\.2\.5/4\.3' no-additional
wrong '1\.2/4\.2' auth-error=6
wrong '1\.6/2\.1' truncated-der=init
wrong '1\.6/2\.1' trailing-der=init
wrong '1\.6/2\.1' truncated-der=auth
wrong '1\.6/2\.1' trailing-der=auth
wrong '8\.1/6\.1' wrong-signature2
wrong '8\.10\.1/3\.9' other-tid2
wrong '8\.10\.1/3\.9' other-json-tid2
wrong '8\.1/6\.1' bad-point
wrong '8\.1/6\.1|1\.6/2\.1' compressed-point
wrong '8\.1/6\.1|1\.6/2\.1' infinity-point
wrong '1\.2/4\.2' download-error=2
wrong '1\.6/2\.1' truncated-der=bpp
wrong '1\.6/2\.1' trailing-der=bpp

# A result that does not verify is acknowledged and not believed.  (A type
# without install notifications: those would say it in the result's place.)
ok "quiet type" ctl type add quiet
ok "profiles" ctl profile generate --type quiet --count 2
ok "order" order --type quiet --max-downloads 1000
for odd in wrong-pir-signature wrong-pir-tid wrong-smdp-oid; do
	rm -f "$lab/$eid.state"
	card "$eid" --misbehave $odd download "$code" >/dev/null 2>&1
	ok "$odd is not believed" \
	    test "$(profile_state "$iccid")" = downloaded
done

# Cancelling with a wrong signature, or for another SM-DP+, ends nothing.
for odd in wrong-cancel-signature wrong-smdp-oid; do
	rm -f "$lab/$eid.state"
	told '8\.1/6\.1|8\.8/3\.10' $odd --cancel endUserRejection@auth
	ok "the profile is still downloaded" \
	    test "$(profile_state "$iccid")" = downloaded
done

# Asked twice, answered twice; told twice, counted once.
rm -f "$lab/$eid.state"
ok "install error 10 leaves it downloaded" \
    card "$eid" --misbehave install-error=10 download "$code"
ok "downloaded" test "$(profile_state "$iccid")" = downloaded
rm -f "$lab/$eid.state"
ok "each asked for twice, the result sent twice" card "$eid" \
    --misbehave replay-auth --misbehave replay-bpp \
    --misbehave replay-notify download "$code"
ok "installed" test "$(profile_state "$iccid")" = installed

ok "order" order --type quiet
rm -f "$lab/$eid.state"
card "$eid" --misbehave install-error=12 download "$code" >/dev/null 2>&1
ctl notify list >"$tmp/notify"
has "it is told in words" 'error [0-5]/12 [A-Za-z]*/PEProcessingError' \
    "$tmp/notify"
ok "install error 12 ends the order" \
    test "$(profile_state "$iccid")" = error

hasnt "no child has died" 'died' "$lab/log"
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
