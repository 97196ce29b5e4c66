#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A card that surely cannot install a package is told so before anything is
# spent; what makes no sense in its answers is no reason.  And which versions
# of SGP.22 are served at all.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 9
eid=$(cards | sed -n 1p)

# unfit CODE ODD [OPTION]: refused with this code, and the profile waits.
unfit()
{
	exits 1 "$2: refused" card "$eid" $3 --misbehave "$2" download "$code"
	has "$2: with $1" "$1" "$tmp/err"
	ok "$2: the profile is released" \
	    test "$(profile_state "$iccid")" = released
	ctl --json audit list --order "$order" --limit 1 >"$tmp/audit"
	ok "$2: the audit says why" \
	    test "$(field action "$tmp/audit")" = order.ineligible
}

ok "order" order --type consumer --max-downloads 100
unfit '8\.1/4\.8' free-memory=1000
has "in words" '"detail": *"1000 octets free' "$tmp/audit"
exits 1 "its user" card "$eid" --misbehave free-memory=1000 download "$code"
has "is told why" 'eUICC: 1000 octets free' "$tmp/err"
unfit 'asn1/11( |$)' free-memory=1000 --asn1
unfit '8\.1/4\.8' low-memory
unfit '8\.2\.5/4\.3' profile-version=2.2.9
has "in words" 'profileVersion 2.2, the package needs 2.3' "$tmp/audit"
unfit '8\.2\.5/4\.3' capability=40
has "in words" 'no milenage' "$tmp/audit"
unfit '8\.2\.5/4\.3' no-additional
ok "nobody has it" test "$(ctl --json order show "$order" |
    field eid /dev/stdin)" = null

# Nonsense, and what is more than is needed, is let through.
for odd in profile-version=65.66.67 profile-version=0.0.0 \
    profile-version=3.1.0 capability=00 capability=ffffffff \
    free-memory=4294967295 no-test; do
	rm -f "$lab/$eid.state"
	ok "order" order --type consumer
	ok "$odd: installed" card "$eid" --misbehave $odd download "$code"
done
ok "what it said" ctl --json euicc show "$eid"
has "its firmware" '"firmware": *"1\.0\.0"'
rm -f "$lab/$eid.state"

# The type may say that this is the end of the order.
ok "a type that ends" ctl type add strict --on-ineligible error
ok "its profile" ctl profile generate --type strict --count 1
ok "order" order --type strict
exits 1 "refused" card "$eid" --misbehave free-memory=1000 download "$code"
ok "in error" test "$(profile_state "$iccid")" = error

# Test profiles are for cards that take them.
ok "a test type" ctl type add bench --class test
ok "its profile" ctl profile generate --type bench --count 1
ok "order" order --type bench
unfit '8\.2\.5/4\.3' no-test
ok "installed" card "$eid" download "$code"

# Versions of SGP.22.
rm -f "$lab/$eid.state"
for svn in 1.0.0 3.0.0; do
	exits 1 "$svn" card "$eid" --misbehave svn=$svn download "$code"
	has "$svn is refused" '8\.8\.3/3\.1' "$tmp/err"
done
echo 'svn-max 2.3' >>"$lab/smdpd.conf"
ready=$(grep -c '^ready' "$lab/log")
kill -HUP "$lab_pid"
ok "svn-max 2.3" lab_wait_ready $((ready + 1))
ok "order" order --type consumer
exits 1 "2.4.0" card "$eid" --misbehave svn=2.4.0 download "$code"
has "2.4.0 is refused" '8\.8\.3/3\.1' "$tmp/err"
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
