#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# smdpctl from its command line, against a running smdpd.
. "${TOP_SRCDIR:=.}/tests/lib.sh"

ctl=$TOP_BUILDDIR/tools/smdpctl
smdpd=$TOP_BUILDDIR/server/smdpd
lab=$tmp/lab
eid=89049032123451234512345678901235
unset SMDP_LAB

# A text of the last JSON line.
field()
{
	sed -n "\$s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$tmp/out"
}

# lines NAME N: so many lines were written.
lines()
{
	[ "$(wc -l <"$tmp/out")" -eq "$2" ]
	tap_case $? "$1" "not $2 lines"
}

free_port()
{
	port=$((20000 + $$ % 20000))
	while grep -qi ":$(printf %04X $port) " /proc/net/tcp /proc/net/tcp6
	do
		port=$((port + 1))
	done 2>/dev/null
}

server_end()
{
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	[ -z "$pid" ] || wait "$pid" 2>/dev/null
	pid=
}

server_begin()
{
	"$smdpd" -f "$lab/smdpd.conf" 2>"$tmp/log" &
	pid=$!
	n=0
	until grep -q '^ready' "$tmp/log" || [ $n -ge 100 ]; do
		kill -0 $pid 2>/dev/null || break
		sleep 0.1
		n=$((n + 1))
	done
	grep -q '^ready' "$tmp/log"
}

pid=
at_exit server_end

# Words that are wrong, without a server ----------------------------------------
ok version "$ctl" --version
has 'version is told' '^smdpctl [0-9]'
ok help "$ctl" --help
has 'help tells of every noun' '^  order new '
ok 'help of a noun' "$ctl" order --help
has 'help of a noun tells its verbs' '^  order reinstall ID'
for words in init 'type add' 'type set' 'type list' 'type show' \
    'type variant add' 'type variant list' 'type variant remove' \
    'profile import' 'profile check' \
    'profile generate' 'profile list' 'profile show' 'profile export' \
    'profile retire' 'batch list' 'batch show' 'batch abort' 'order new' 'order list' 'order show' 'order release' \
    'order cancel' 'order reinstall' 'order reset' qr 'session list' \
    'euicc list' 'euicc show' 'notify list' 'audit list' status 'lab clock'
do
	# shellcheck disable=SC2086
	ok "help of $words" "$ctl" $words --help
	has "help of $words has an example" "^    smdpctl -d lab $words"
done
refused 2 'a noun is missing' 'no noun' "$ctl"
refused 2 'soup: no such noun' 'no such noun' "$ctl" soup
refused 2 'order: a verb is missing' 'no verb' "$ctl" order
refused 2 'order: no verb eat' 'no such verb' "$ctl" order eat
refused 2 "unrecognized option '--x'" 'no such option' "$ctl" type list --x
refused 2 'type show: NAME is missing' 'operand missing' "$ctl" type show
refused 2 'one word too many' 'too many operands' "$ctl" type show a b
refused 2 'type: no verb variant' 'half a verb' "$ctl" type variant
refused 2 'type: no verb variant' 'a verb of two words that is none' \
    "$ctl" type variant eat
refused 2 'type variant add: TYPE NAME is missing' 'an operand of two' \
    "$ctl" type variant add a
refused 2 'type variant list: b: one word too many' 'an operand too many' \
    "$ctl" type variant list a b
refused 2 'number is needed' 'no number' "$ctl" order new --max-cc two
refused 2 '-d D' 'no directory' "$ctl" status
refused 3 'nowhere/smdpd.conf: No such file' 'no such directory' \
    "$ctl" -d "$tmp/nowhere" status

# A directory, whole or not at all -----------------------------------------------
refused 2 'address is missing' 'init without address' "$ctl" init --dir "$lab"
refused 2 'dir is missing' 'init without directory' \
    "$ctl" init --address a.example
for bad in 'a b' ':443' 'a.example:' 'a.example:0' 'a.example:70000' 'a/b' \
    'x..y' '-x' '.x'; do
	refused 2 'HOST or HOST:PORT' "init with address $bad" \
	    "$ctl" init --dir "$lab" --address "$bad"
done
refused 2 'numeric address' 'init with an impossible listen address' \
    "$ctl" init --dir "$lab" --address a.example --listen 999.1.1.1:8
refused 2 'ADDR:PORT is needed' 'init with a bad listen address' \
    "$ctl" init --dir "$lab" --address a.example --listen 127.0.0.1
refused 3 'No such file' 'init below a directory that is not there' \
    "$ctl" init --dir "$tmp/nodir/x/y" --address a.example
not_ok 'nothing was made' test -e "$lab"
mkdir "$lab"
echo mine >"$lab/file"
refused 1 'is not empty' 'a directory that is not empty' \
    "$ctl" init --dir "$lab" --address a.example
ok 'it is left as it was' test "$(cat "$lab/file")" = mine
rm -r "$lab"
free_port
ok init "$ctl" init --dir "$lab" --address smdp.example.com \
    --listen "127.0.0.1:$port"
has 'the next command is told' 'smdpd -f .*/lab/smdpd.conf'
ok 'the key is private' test "$(stat -c %a "$lab/kek")" = 600
ok 'the database is private' test "$(stat -c %a "$lab/smdp.db")" = 600
has 'the address' '^address smdp.example.com$' "$lab/smdpd.conf"
has 'the socket' '^listen-admin unix:admin.sock$' "$lab/smdpd.conf"
refused 1 'is not empty' 'init twice' \
    "$ctl" init --dir "$lab" --address a.example
refused 1 'not running' 'no server' "$ctl" -d "$lab" status

# A path that no socket can have
long=$tmp/$(printf '%0100d' 0)
ok 'init in a long path' "$ctl" init --dir "$long" --address a.example --json
has 'its socket is elsewhere' '^listen-admin unix:/.*/smdpd-[0-9a-f]{8}.sock$' \
    "$long/smdpd.conf"

# Against the server ---------------------------------------------------------------
ok 'server starts' server_begin
SMDP_LAB=$lab
export SMDP_LAB

ok status "$ctl" status --json
has 'status is one object' '^\{"version":.*"lab":true.*"available":0'
ok 'status for people' "$ctl" status
has 'status is aligned' '^open_sessions  +0$'

printf '\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\100\0\0\0\100' >"$tmp/icon"
ok 'type add' "$ctl" --json type add staff --spn Example --owner 999-70 \
    --icon "$tmp/icon" --notify install,delete --ppr ppr1
has 'type add answers' '"icon":"png".*"ppr":\["ppr1"\]'
has 'a package may be bound anew' '"rebind":"yes"'
has 'a cancellation ends an order' '"on_cancel":"error"'
refused 2 'on-cancel: one of error, retry, keep' 'an end that is none' \
    "$ctl" type add b --on-cancel never
refused 2 'rebind: one of no, yes' 'a rebind that is none' \
    "$ctl" type add b --rebind maybe
refused 1 'type staff: exists already' 'type twice' "$ctl" type add staff
refused 3 'no/icon: No such file' 'icon not found' \
    "$ctl" type add b --icon "$tmp/no/icon"
echo text >"$tmp/text"
refused 2 'PNG or JPEG' 'icon is no picture' \
    "$ctl" type add b --icon "$tmp/text"
refused 2 'need an owner' 'rules without owner' "$ctl" type add b --ppr ppr1
refused 3 'type b: not found' 'type not found' "$ctl" type show b
ok 'type set' "$ctl" --json type set staff --name Work --low-stock 3 --no-icon
has 'type set answers' '"profile_name":"Work".*"icon":null.*"low_stock":3'
refused 2 'nothing to change' 'type set of nothing' "$ctl" type set staff
refused 2 'number is needed' 'a stock of words' \
    "$ctl" type set staff --low-stock few
refused 2 'low-stock' 'a stock that is too much' \
    "$ctl" type set staff --low-stock 99999
refused 2 'notify: .*: the name of a host' 'no host' \
    "$ctl" type set staff --notify install=@
refused 2 'gid1=HEX and gid2=HEX may follow' 'no group' \
    "$ctl" type set staff --owner 999-70,gid1=XY
refused 3 'type b: not found' 'type set of none' "$ctl" type set b --spn x
ok 'type set, as it was' "$ctl" type set staff --name staff --low-stock 0 \
    --icon "$tmp/icon"
ok 'type variant add' "$ctl" --json type variant add staff v \
    --template consumer --saip-min 2.1 --services isim
has 'type variant add answers' \
    '^\{"variant":"v","template":"consumer","saip_min":"2.1",.*"isim"'
ok 'type variant list' "$ctl" type variant list staff
has 'type variant list has a header' '^VARIANT  TEMPLATE  SAIP'
has 'type variant list has it' '^v +consumer +2\.1 '
ok 'type variant remove' "$ctl" type variant remove staff v
has 'type variant remove answers' '^removed +v$'
ok 'type list' "$ctl" type list
has 'type list has a header' '^TYPE  +CLASS'
has 'type list has the type' '^staff +operational +Example'

refused 2 'type is missing' 'generate without type' \
    "$ctl" profile generate --count 1
refused 2 'count' 'generate without count' \
    "$ctl" profile generate --type staff
refused 3 'type b: not found' 'generate of no type' \
    "$ctl" profile generate --type b --count 1
refused 2 '^smdpctl: --subject: longer than 200 bytes$' 'a long subject' \
    "$ctl" order new --type staff --subject "$(printf '%0201d' 0)"
refused 2 '^smdpctl: --matching-id: longer than [0-9]+ bytes$' \
    'a long MatchingID' \
    "$ctl" order new --type staff --matching-id "$(printf '%0300d' 0)"
refused 2 '^smdpctl: --max-downloads: not a number from 0 to 1000000$' \
    'too many downloads' \
    "$ctl" order new --type staff --max-downloads 1000001
ok generate "$ctl" profile generate --type staff --count 450 --json
has 'generate answers' '"count":450'
iccid=$(field first_iccid)
ok 'generate from a number' "$ctl" profile generate --type staff --count 3 \
    --iccid 8944000000000000001 --imsi 999700000000001
has 'the last number' '^last_iccid  +8944000000000000027$'
refused 1 'profile 8944000000000000001: is in the inventory' \
    'generate again' "$ctl" profile generate --type staff --count 3 \
    --iccid 8944000000000000001

ok 'profile list' "$ctl" profile list --json
lines 'profile list has them all' 453
ok 'profile list with a limit' "$ctl" profile list --limit 2 --json
lines 'profile list stops' 2
ok 'profile show' "$ctl" profile show "$iccid" --json
has 'profile as JSON' "^\{\"iccid\":\"$iccid\",\"type\":\"staff\",\"state\":\
\"available\",\"card_state\":null,\"eid\":null,\"order\":null\}\$"
refused 3 'profile 8944000000000000100: not found' 'profile not found' \
    "$ctl" profile show 8944000000000000100
refused 2 '19 or 20 digits' 'no ICCID' "$ctl" profile show 12
refused 2 'ICCID is missing' 'profile show alone' "$ctl" profile show
refused 2 'go with --decode' 'keys without decode' \
    "$ctl" profile show "$iccid" --keys
refused 2 'one ICCID, or --file FILE' 'decode of nothing' \
    "$ctl" profile show --decode
refused 2 'one ICCID, or --file FILE' 'decode of both' \
    "$ctl" profile show --decode --file x "$iccid"
refused 2 'needs --reason TEXT' 'keys without a reason' \
    "$ctl" profile show --decode --keys "$iccid"
refused 3 'No such file' 'decode of no file' \
    "$ctl" profile show --decode --file "$tmp/none"
ok decode "$ctl" profile show --decode "$iccid"
has 'it has a header' '^  0  header, [0-9]* bytes at 0$'
has 'a file' '^     3F00/7FD0/6F38       EF.UST               transparent, 17 bytes, SFI 4, rule 6F06/2$'
has 'a service' '^             122  5GS mobility management$'
has 'an access rule' '^         2  read: PIN1; update, deactivate, activate, delete: ADM1$'
has 'a file that is only made' 'EF.MSISDN  .* 1 records of 24, rule 6F06/2, empty$'
has 'the ICCID of the file' "^         iccid  $iccid\$"
has 'it has an end' '^ 14  end, id 14, mandated, 9 bytes at [0-9]*$'

ok export "$ctl" profile export --type staff -o "$tmp/csv"
has 'export has a header' '^iccid,type,state,card_state,eid,order$' "$tmp/csv"
has 'export has a row' "^$iccid,staff,available,,,\$" "$tmp/csv"
refused 2 'needs one ICCID and -o FILE' 'package without file' \
    "$ctl" profile export --upp "$iccid"
ok 'export of a package' "$ctl" profile export --upp "$iccid" -o "$tmp/upp"
head -c 1000 "$tmp/upp" >"$tmp/cut"
exits 1 'decode of a broken package' \
    "$ctl" profile show --decode --file "$tmp/cut"
has 'it is shown as far as it goes' '^  1  mf, id 1, mandated'
has 'and said to be broken' '^broken: no whole TLV at offset '
has 'the reason is an error' 'cut: no whole TLV' "$tmp/err"
ok 'it is private' test "$(stat -c %a "$tmp/upp")" = 600
ok 'audit of it' "$ctl" audit list --iccid "$iccid" --json --limit 1
has 'audit tells of it' '"actor":"uid [0-9]+","action":"profile.export"'

# The package of another server, in this one's inventory
refused 1 "upp: profile $iccid: is in the inventory already" \
    'import of a double' "$ctl" profile import "$tmp/upp" --type staff
ok retire "$ctl" profile retire 8944000000000000001 --reason test
has 'retired' '^state +unavailable$'
refused 1 'is unavailable, cannot be retired' 'retire twice' \
    "$ctl" profile retire 8944000000000000001
refused 2 'type is missing' 'import without type' \
    "$ctl" profile import "$tmp/upp"
refused 3 'nothing: No such file' 'import of nothing' \
    "$ctl" profile import "$tmp/nothing" --type staff
refused 1 "text: " 'import of no package' \
    "$ctl" profile import "$tmp/text" --type staff
exits 1 'import of two' "$ctl" profile import "$tmp/text" "$tmp/upp" \
    --type staff
ok 'each has its line' test "$(wc -l <"$tmp/err")" -eq 2

# What a card would refuse
ok 'check of a package' "$ctl" profile check "$tmp/upp"
has 'nothing is wrong with it' '^[^ ]*upp: 0 errors, [0-9] warnings, 0 notes by [0-9]+ rules$'
ok 'its rules' "$ctl" profile check --rules
has 'each has a number' '^ 61  warning  EF.ACC is the class of the IMSI'
{ head -c 1000 "$tmp/upp" | tr '\000' '\001'; tail -c +1001 "$tmp/upp"; } \
    >"$tmp/odd"
exits 1 'check of an odd one' "$ctl" profile check "$tmp/odd"
has 'where and why' '^[^ ]*odd: element [0-9]+ .*: error [0-9]+: '
exits 1 'check of both' "$ctl" profile check "$tmp/upp" "$tmp/odd" --json
has 'as JSON' '^\{"file":"[^"]*upp","rules":[0-9]+,"errors":0,'
refused 1 'odd: ' 'import of the odd one' \
    "$ctl" profile import "$tmp/odd" --type staff
refused 3 'nothing: No such file' 'check of nothing' \
    "$ctl" profile check "$tmp/nothing"
refused 2 'a file is missing' 'check without a file' "$ctl" profile check

# Orders -----------------------------------------------------------------------------
ok 'order new' "$ctl" order new --iccid "$iccid" --subject 'E 17' --json
order=$(field order)
has 'order as JSON' "^\{\"order\":\"$order\",\"iccid\":\"$iccid\",\"type\":\
\"staff\",\"state\":\"released\",\"matching_id\":\"([0-9A-Z]{5}-){3}\
[0-9A-Z]{5}\",\"activation_code\":\"LPA:1.smdp.example.com.[0-9A-Z-]{23}\",\
\"cc_required\":false,\"lock\":\"tofu\",\"eid\":null,\"expires\":null,\
\"subject\":\"E 17\",\"downloads\":0,\"cc_attempts\":0\}\$"
refused 2 'an iccid or a type' 'order of nothing' "$ctl" order new
refused 2 '32 digits' 'order with a short EID' \
    "$ctl" order new --type staff --eid 1
refused 1 'is released, not available' 'order of an ordered profile' \
    "$ctl" order new --iccid "$iccid"
ok 'order by EID' "$ctl" order new --type staff --eid $eid --default --json
has 'it has no code' '"matching_id":null,"activation_code":null'
refused 1 'has no activation code' 'QR code of it' "$ctl" qr "$(field order)"
ok 'order with a drawn code' "$ctl" order new --type staff --cc random --json
has 'the code is told' '"cc":"[0-9]{8}"'
has 'the activation code wants it' '\$\$1"'
echo 'secret 1' >"$tmp/cc"
# shellcheck disable=SC2016
ok 'order with a code from standard input' sh -c \
    '"$0" order new --type staff --cc - --json <"$1"' "$ctl" "$tmp/cc"
has 'it is required' '"cc_required":true'
ok 'held order' "$ctl" order new --type staff --hold --expires +72h --json
held=$(field order)
has 'it is confirmed' '"state":"confirmed"'
ok release "$ctl" order release "$held" --json
has 'it is released' '"state":"released"'
ok cancel "$ctl" order cancel "$held" --json
has 'it is cancelled' '"state":"cancelled"'
refused 1 'is cancelled, cannot be cancelled' 'cancel twice' \
    "$ctl" order cancel "$held"
refused 1 'no eUICC has had it' 'reinstall too early' \
    "$ctl" order reinstall "$order" --reason test
refused 2 'needs a reason' 'reinstall without reason' \
    "$ctl" order reinstall "$order"
refused 3 'order nope: not found' 'order not found' "$ctl" order show nope
ok 'order list' "$ctl" order list
has 'order list has a header' '^ORDER +ICCID'
has 'order list has the order' "^$order  $iccid  staff"
ok 'order list by EID' "$ctl" order list --eid $eid --json
lines 'it has one' 1

ok 'QR code on a terminal' "$ctl" qr "$order"
has 'the code is below' '^LPA:1\$smdp.example.com\$'
ok 'QR code as SVG' "$ctl" qr "$order" -o "$tmp/qr.svg"
has 'it is one' '^<svg ' "$tmp/qr.svg"
ok 'QR code as PNG' "$ctl" qr "$order" -o "$tmp/qr.png"
ok 'it is one, too' test "$(head -c 4 "$tmp/qr.png" | tail -c 3)" = PNG
refused 2 '.svg or .png' 'QR code as something' \
    "$ctl" qr "$order" -o "$tmp/qr.gif"
refused 2 'either -o or --tty' 'QR code twice' \
    "$ctl" qr "$order" -o "$tmp/qr.svg" --tty
refused 1 'no/qr.svg' 'QR code into nowhere' \
    "$ctl" qr "$order" -o "$tmp/no/qr.svg"

ok 'order reset' "$ctl" order reset "$held"
has 'it is held again' '^state +confirmed$'
ok 'clock moved' "$ctl" lab clock +25h --json
has 'by 25 hours' '"offset":90000'
refused 2 'clock 25h' 'clock without sign' "$ctl" lab clock 25h
ok 'clock back' "$ctl" lab clock reset --json
has 'to the true time' '"offset":0'

for noun in session euicc notify; do
	ok "$noun list" "$ctl" $noun list --json
	lines "$noun list is empty" 0
	ok "$noun list for people" "$ctl" $noun list
	lines "$noun list has a header" 1
done
refused 3 'euicc 1: not found' 'eUICC not found' "$ctl" euicc show 1
ok 'audit list' "$ctl" audit list --json
hasnt 'audit has no secret' 'secret 1'
hasnt 'the log has none either' 'secret 1' "$tmp/log"

# What only a test bench may do is refused elsewhere ------------------------------------
server_end
sed -i 's/^lab yes/lab no/' "$lab/smdpd.conf"
ok 'server starts without lab' server_begin
for words in '--lock open' --reusable '--downloads 1' '--cc-attempts 1' \
    '--expires 2020-01-01T00:00:00Z' '--matching-id a_b'
do
	# shellcheck disable=SC2086
	refused 1 'needs `lab yes`' "order new $words" \
	    "$ctl" order new --type staff $words
done
refused 1 'needs `lab yes`' 'order reset without lab' \
    "$ctl" order reset "$order"
refused 1 'needs `lab yes`' 'lab clock without lab' "$ctl" lab clock +1h
done_testing
