#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An eIM carries the calls of many IoT cards from one address: both bindings,
# orders found by EID and by code, all DER decoded and encoded on the way,
# results that come twice, late or over another connection, installations that
# fail, and forms that an SM-DP+ must never see.  SMDP_LONG=1: 1,000 EIDs.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

n=60
[ "${SMDP_LONG:-0}" = 1 ] && n=1000

ok "lab" lab_init
ok "cards" "$smdp_pki" euicc new "$lab/pki" --count $((n - 2))
ok "daemon" lab_start
ok "profiles" lab_profiles $((2 * n))
ok "a type for what comes after" ctl type add iot --notify install
ok "profiles" ctl profile generate --type iot --count 120
cards | head -n $n >"$tmp/eids"
first=$(sed -n 1p "$tmp/eids")
second=$(sed -n 2p "$tmp/eids")

# relay ARGS...: the eIM, with the orders of $tmp/orders.
relay()
{
	"$vuicc" --pki "$lab/pki" --orders "$tmp/orders" \
	    --state "$lab/devices" "$@" relay >"$tmp/eim"
	relay_status=$?
	cat "$tmp/eim"
	return $relay_status
}

# by_eid ARGS...: an order for each EID that is found by its EID alone.
by_eid()
{
	while read -r eid; do
		order --eid "$eid" --default "$@" || return 1
		echo "$eid,$address"
	done <"$tmp/eids" >"$tmp/orders"
}

by_code()
{
	echo EID,CODE >"$tmp/orders"
	while read -r eid; do
		order --eid "$eid" "$@" || return 1
		echo "$eid,\"$code\""
	done <"$tmp/eids" >>"$tmp/orders"
}

# one EID CODE: the only order.
one()
{
	echo "$1,$2" >"$tmp/orders"
}

installed()
{
	ctl --json profile list --state installed >"$tmp/installed" &&
	    wc -l <"$tmp/installed"
}

audited()
{
	ctl --json audit list --order "$order" >"$tmp/audit"
	grep -c "\"$1\"" "$tmp/audit"
}

# What was sent, in order: functions of the last run with --json.
calls()
{
	grep -o '"function":"[A-Za-z]*","http"' "$tmp/eim" | cut -d '"' -f 4
}

# Both bindings --------------------------------------------------
ok "orders by EID" by_eid --type consumer
ok "$n EIDs over four connections, in JSON" relay --reencode
has "all of them" "^$n EIDs, $n installed, 0 failed; .* over 4 connections "
echo "# figure eIM, JSON: $(tail -n 1 "$tmp/out")"
ok "all are installed" test "$(installed)" -eq $n
ok "on $n cards" test "$(grep -o '"eid":"[0-9]*"' "$tmp/installed" |
    sort -u | wc -l)" -eq $n

ok "orders by code" by_code --type consumer
ok "$n EIDs over two connections, in ASN.1" relay --asn1 --reencode \
    --connections 2 --json
has "all of them" "\"eids\":$n,\"installed\":$n,\"failed\":0"
has "over two" '"connections":2,'
echo "# figure eIM, ASN.1: $(tail -n 1 "$tmp/out")"
ok "all are installed" test "$(installed)" -eq $((2 * n))

# What was sent twice is counted once: two notifications of a card are four
# calls, and one of each on record.
ok "seven calls for each EID" test "$(calls | wc -l)" -eq $((7 * n))
ok "installed once" test "$(audited profile.installed)" -eq 1
# ASN.1 has no place for a name.
hasnt "by nobody that is known" 'euicc via' "$tmp/audit"
ctl --json notify list --limit $((10 * n)) >"$tmp/notes"
ok "and noted once" test "$(wc -l <"$tmp/notes")" -eq $((4 * n))

# The audit tells which eIM it was -------------------------------
ok "order" order --type iot --eid "$first"
one "$first" "$code"
ok "by an eIM with a name" relay --eim-id 2.999.10/meters
for action in session.authenticated order.bound profile.installed; do
	ok "$action" test "$(audited "$action")" -eq 1
	has "by it" "\"actor\":\"euicc via 2.999.10/meters\",\"action\":\"$action\"" \
	    "$tmp/audit"
done
ctl --json audit list --iccid "$iccid" >"$tmp/audit"
has "and the card's event" 'euicc via 2.999.10/meters.*card.event' "$tmp/audit"
ok "order" order --type iot --eid "$first"
ok "by an LPA" "$vuicc" --pki "$lab/pki" --eid "$first" download "$code"
ok "installed" test "$(audited profile.installed)" -eq 1
hasnt "has no name" 'euicc via' "$tmp/audit"

# One of them fails ----------------------------------------------
one "$first" "$address"
ok "order" order --type iot --eid "$second"
echo "$second,$code" >>"$tmp/orders"
exits 1 "an EID without an order, and one with" relay
has "the one is told why" "^$first  refused  +authenticateClient: 8\\.1\\.1/3\\.8"
has "the other is installed" "^$second  installed  $iccid\$"
has "summed up" '^2 EIDs, 1 installed, 1 failed'
has "and on standard error" '^vuicc: 1 of 2 EIDs failed$' "$tmp/err"
one "$first" "$address"
exits 1 "after authenticateClient fails" relay --json
ok "cancelSession is never sent" test "$(calls | tr '\n' ' ')" = \
    "initiateAuthentication authenticateClient "

# Results that are late ------------------------------------------
for how in connection daemon; do
	ok "order" order --type iot --eid "$first"
	one "$first" "$code"
	ok "installed, and not told" relay --misbehave skip-notify
	ok "downloaded" test "$(profile_state "$iccid")" = downloaded
	if [ $how = daemon ]; then
		ok "the daemon ends" lab_stop
		ok "and begins" lab_start
	fi
	one "$first" ""
	ok "the next poll, over another $how" relay
	has "nothing was installed by it" "^$first  done "
	ok "installed" test "$(profile_state "$iccid")" = installed
	ok "the poll after that" relay --json
	has "has nothing to send" '"calls":\[\]'
done

# Asked twice ----------------------------------------------------
for binding in "" --asn1; do
	ok "order" order --type iot --eid "$first"
	one "$first" "$code"
	ok "each asked for twice $binding" relay $binding \
	    --misbehave replay-auth --misbehave replay-bpp \
	    --misbehave replay-notify --json
	ok "in nine calls and more" test "$(calls | wc -l)" -gt 9
	ok "installed" test "$(profile_state "$iccid")" = installed
	ok "bound once" test "$(grep -c "package-bound.*order=$order" \
	    "$lab/log")" -eq 1
	ok "installed once" test "$(audited profile.installed)" -eq 1
done

# Installations that fail ----------------------------------------
for binding in "" --asn1; do
	ok "order" order --type iot --eid "$first"
	one "$first" "$code"
	ok "interrupted $binding" relay $binding \
	    --misbehave install-error=11 --json
	ok "the result, the session cancelled, the result once more" test \
	    "$(calls | tail -n 3 | tr '\n' ' ')" = \
	    "handleNotification cancelSession handleNotification "
	ok "on record once" test "$(audited profile.failed)" -eq 1
	ok "downloaded" test "$(profile_state "$iccid")" = downloaded
	ok "a new session succeeds" relay $binding
	ok "installed" test "$(profile_state "$iccid")" = installed
done
# The other way round, cancelled before the result came, it is over (3.1.3);
# the late result is acknowledged and changes nothing.
ok "order" order --type iot --eid "$first"
one "$first" "$code"
ok "interrupted, and only cancelled" relay \
    --misbehave install-error=11 --misbehave skip-notify
ok "error" test "$(profile_state "$iccid")" = error
one "$first" ""
ok "the result comes late" relay --json
ok "and is acknowledged" test "$(calls)" = handleNotification
ok "error still" test "$(profile_state "$iccid")" = error
ctl --json audit list --order "$order" >"$tmp/audit"
has "both are on record: the cancel" 'order.rejected.*"reason 5"' "$tmp/audit"
has "and the result" 'notification.late.*"error 5/11[ "]' "$tmp/audit"

# A type for such devices lets the order live on: the next session has it.
ok "a type for devices" ctl type add device --on-cancel retry
ok "a profile of it" ctl profile generate --type device --count 1
ok "order" order --type device --eid "$first"
one "$first" "$code"
ok "interrupted, and only cancelled" relay \
    --misbehave install-error=11 --misbehave skip-notify
ok "downloaded still" test "$(profile_state "$iccid")" = downloaded
ok "a new session succeeds" relay
ok "installed" test "$(profile_state "$iccid")" = installed

ok "order" order --type iot --eid "$first"
one "$first" "$code"
exits 1 "getBoundProfilePackage fails" relay --json \
    --misbehave wrong-signature2
has "with its code" '"subject_code":"8\.1","reason_code":"6\.1"'
ok "the session is cancelled then" test \
    "$(calls | tail -n 2 | tr '\n' ' ')" = \
    "getBoundProfilePackage cancelSession "
ok "it is released still" test "$(profile_state "$iccid")" = released
ok "and is downloaded" relay

# Fifty at a time ------------------------------------------------
head -n 50 "$tmp/eids" >"$tmp/fifty"
mv "$tmp/eids" "$tmp/all"
mv "$tmp/fifty" "$tmp/eids"
ok "orders" by_code --type iot
waiting()
{
	ctl --json session list | grep -c '"step":"authenticated"'
}
relay --connections 50 --pause "auth=$tmp/line" --json >"$tmp/fifty" \
    2>"$tmp/fifty.err" &
eim_pid=$!
tenths=0
until [ "$(waiting)" -ge 50 ] || [ $tenths -gt 300 ]; do
	sleep 0.1
	tenths=$((tenths + 1))
done
ok "fifty sessions are open" test "$(waiting)" -eq 50
# One that made the file anew when it was removed is let go, too.
while kill -0 "$eim_pid" 2>/dev/null; do
	rm -f "$tmp/line"
	sleep 0.1
done
ok "all of them succeed" wait "$eim_pid"
has "fifty" '"eids":50,"installed":50,"failed":0' "$tmp/fifty"
has "over fifty connections" '"connections":50,' "$tmp/fifty"
echo "# figure eIM, 50 at a time: $(tail -n 1 "$tmp/fifty")"

# Compact forms --------------------------------------------------
compact()
{
	order --type iot --eid "$first"
	one "$first" "$code"
	step=$1
	code_wanted=$2
	shift 2
	exits 1 "compact $step $*: refused" relay --misbehave "compact=$step" \
	    "$@"
	has "cleanly" " $code_wanted( |\$)"
}
# An IPA cancels with 127 what was refused after authenticateClient.
for step in bpp auth; do
	compact $step '1\.6/2\.1'
	compact $step 'asn1/127' --asn1
done
ok "released" test "$(profile_state "$iccid")" = released
ok "and an eIM that fills it in has it" relay
compact cancel 'HTTP status 400' --asn1 --cancel postponed@auth
compact cancel '1\.6/2\.1' --cancel postponed@auth
ok "released" test "$(profile_state "$iccid")" = released
ok "and an eIM that fills it in has it" relay

# Codes the eIM holds --------------------------------------------
ok "order with a code" order --type iot --eid "$first" --cc 1234
one "$first" "$code"
ok "downloaded with it" relay --cc 1234
ok "installed" test "$(profile_state "$iccid")" = installed

hasnt "no child has died" 'died' "$lab/log"
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
