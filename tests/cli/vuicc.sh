#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# vuicc from its command line: what it refuses, and with which status.
. "${TOP_SRCDIR:=.}/tests/lib.sh"

vuicc=$TOP_BUILDDIR/tools/vuicc
pki=$tmp/pki
code='LPA:1$smdp.example$MATCH'

ok "a PKI" "$TOP_BUILDDIR/tools/smdp-pki" init "$pki" --address smdp.example
eid=$(ls "$pki/euicc" | sed -n '1s/\.crt$//p')

# card ARGS...: with the PKI, and nowhere to connect to.
card()
{
	"$vuicc" --pki "$pki" --eid "$eid" \
	    --connect smdp.example:443=127.0.0.1:1 "$@"
}

ok "help" "$vuicc" --help
has "it names the commands" '^ *vuicc .*list \| notify'
has "and what can go wrong" '^  wrong-challenge  '
ok "version" "$vuicc" --version
has "it has a number" '^vuicc [0-9]+\.[0-9]'

refused 2 'no command' "nothing" "$vuicc"
refused 2 'no such command' "another command" "$vuicc" fly
refused 2 'no such option' "another option" "$vuicc" --fly list
refused 2 'missing' "an option without its value" "$vuicc" list --state
refused 2 'one argument' "download what?" "$vuicc" download
refused 2 'no argument' "list takes none" "$vuicc" --state "$tmp/s" list x
refused 2 'needs --state' "list of what?" "$vuicc" list
refused 2 'activation code' "no activation code" card download hello
refused 2 'needs --pki and --eid' "which card?" "$vuicc" download "$code"
refused 2 '32 digits' "no EID" "$vuicc" --pki "$pki" --eid 12 \
    download "$code"
refused 3 'No such file' "no such card" "$vuicc" --pki "$pki" \
    --eid 00000000000000000000000000000000 download "$code"
refused 3 'No such file' "no such state" "$vuicc" --state "$tmp/s" list
refused 2 'REASON@STEP' "cancel how?" card --cancel later download "$code"
refused 2 'auth or bpp' "cancel when?" card --cancel timeout@init \
    download "$code"
refused 2 'HOST:PORT=IP:PORT' "connect where?" "$vuicc" --pki "$pki" \
    --eid "$eid" --connect here download "$code"
refused 2 'STEP=FILE' "pause when?" card --pause auth download "$code"
refused 2 'no such thing' "misbehave how?" card --misbehave well \
    download "$code"
refused 2 'a step' "stop after what?" card --misbehave stop-after \
    download "$code"
# relay: what it needs, and a file of orders that anybody may have written.
relay()
{
	"$vuicc" --pki "$pki" --connect smdp.example:443=127.0.0.1:1 \
	    --orders "$tmp/orders" --state "$tmp/devices" "$@" relay
}
printf '%s,smdp.example\n' "$eid" >"$tmp/orders"
refused 2 'needs --pki, --orders and --state' "relay what?" "$vuicc" \
    --pki "$pki" relay
refused 2 'no --eid' "relay one card" relay --eid "$eid"
refused 2 '1 to 100' "over no connection" relay --connections 0
refused 2 '1 to 100' "over too many" relay --connections 101
refused 2 '1 to 100' "over how many?" relay --connections x
refused 2 '1 to 128' "by nobody" relay --eim-id ''
refused 2 '1 to 128' "by a name with a blank" relay --eim-id 'a b'
refused 2 'only with --connections 1' "a trace of many" relay \
    --trace "$tmp/trace"
refused 2 'only with relay' "orders without relay" card \
    --orders "$tmp/orders" download "$code"
refused 3 'No such file' "no orders" relay --orders "$tmp/none"
for line in "$eid,a,b" "$eid,\$" "123,a" "hello"; do
	echo "$line" >"$tmp/bad"
	refused 1 'bad: line 1: ' "not an order: $line" relay \
	    --orders "$tmp/bad"
done
printf '%s,a\n%s,b\n' "$eid" "$eid" >"$tmp/bad"
refused 1 "$eid: twice" "an EID twice" relay --orders "$tmp/bad"
ok "no state was made" test ! -e "$tmp/devices"
exits 1 "nobody there" relay
has "it is said for the card" "^$eid  failed  *initiateAuthentication: transport"
has "and in all" '^vuicc: 1 of 1 EIDs failed$' "$tmp/err"
ok "only the owner reads its state" test -n \
    "$(find "$tmp/devices/$eid.state" -perm 0600)"
: >"$tmp/none"
ok "nothing to do" relay --orders "$tmp/none"
printf '00000000000000000000000000000000,smdp.example\n' >"$tmp/bad"
exits 1 "a card that there is none of" relay --orders "$tmp/bad" --json
has "is told" '"result":"failed".*No such file'

refused 1 'initiateAuthentication: transport' "nobody there" \
    card download "$code"

# A failed download leaves a card that can be asked.
refused 1 'transport' "nobody there, with a state" \
    card --state "$tmp/s" download "$code"
ok "an empty list" "$vuicc" --state "$tmp/s" list
ok "nothing was printed" test ! -s "$tmp/out"
ok "only the owner reads it" test -n "$(find "$tmp/s" -perm 0600)"
ok "nothing to send" "$vuicc" --state "$tmp/s" notify
refused 3 'no such profile' "no such profile" "$vuicc" --state "$tmp/s" \
    enable 8900010000000000019
refused 2 'no ICCID' "no ICCID" "$vuicc" --state "$tmp/s" delete 12x
other=$(ls "$pki/euicc" | sed -n '3s/\.crt$//p')
refused 2 'another card' "another card's state" "$vuicc" --pki "$pki" \
    --eid "$other" --state "$tmp/s" download "$code"

# The card behind another program.
refused 2 'lpac: needs --state' "lpac without a state" card lpac -- true
refused 2 'needs the command' "lpac without a command" \
    "$vuicc" --state "$tmp/s" lpac
refused 2 'no options but' "lpac with an option of download" \
    "$vuicc" --state "$tmp/s" --cc 1 lpac -- true
refused 3 '/nonexistent/lpac: cannot be started' "no such command" \
    "$vuicc" --state "$tmp/s" lpac -- /nonexistent/lpac
refused 1 'sh: ended with status 7' "one that fails" \
    "$vuicc" --state "$tmp/s" lpac -- sh -c 'exit 7'
ok "one that asks nothing" "$vuicc" --state "$tmp/s" lpac -- echo hello
has "what it says is told" '^hello$'
echo '{"seq":' >"$tmp/broken"
refused 1 'broken' "a broken state" "$vuicc" --state "$tmp/broken" list
ok "is left as it is" test "$(cat "$tmp/broken")" = '{"seq":'
done_testing
