#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Subscriptions from files: the formats that operators have, encrypted columns,
# and one bad row, which is enough that nothing is taken.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "type" ctl type add staff
ok "an owner's type" ctl type add owned --owner 262-01
ok "a test type" ctl type add bench --class test

import()
{
	ctl --json profile import --type staff --csv "$@"
}

stock()
{
	ctl --json type show "${1:-staff}" >"$tmp/type" &&
	    field available "$tmp/type"
}

# What a profile has, as the network would get it.
subscriber()
{
	rm -f "$tmp/hss"
	ctl export hss --format csv --plain --iccid "$1" \
	    --columns "$2" -o "$tmp/hss" >"$tmp/hss.out" 2>&1 || return 1
	sed -n 2p "$tmp/hss"
}

k=FEC86BA6EB707ED08905757B1BB84B8
opc=1006020F0A478BF6B699F15C062E42B3

# ICCID and IMSI alone, as Ostelco has it ----------------------------------------
cat >"$tmp/a.csv" <<END
IMSI, ICCID, PROFILE
262010000000001, 8949120000000000013, OYA_STANDARD
262010000000002, 8949120000000000021, OYA_STANDARD
END
ok "numbers alone" import "$tmp/a.csv"
has "live" '"state": *"live"'
ok "two of them" test "$(stock)" = 2
subscriber 8949120000000000013 imsi,ki,opc >"$tmp/one"
subscriber 8949120000000000021 imsi,ki,opc >"$tmp/two"
has "its IMSI" '^262010000000001,[0-9A-F]{32},[0-9A-F]{32}$' "$tmp/one"
has "the other's" '^262010000000002,[0-9A-F]{32},[0-9A-F]{32}$' "$tmp/two"
not_ok "keys of their own" test "$(cut -d, -f2 <"$tmp/one")" = \
    "$(cut -d, -f2 <"$tmp/two")"
ok "what is shown" order --type staff
ok "and downloaded" card "$(cards | sed -n 1p)" download "$code"

# Keys in clear and encrypted, as pySim has it -----------------------------------
cat >"$tmp/b.csv" <<END
"name","iccid","imsi","mcc","mnc","ki","opc","pin_adm","acc"
"a","8949120000000000039","262010000000003","262","01","${k}f","$opc","12345678","0008"
END
ok "keys in clear" import "$tmp/b.csv"
ok "are those" test "$(subscriber 8949120000000000039 imsi,ki,opc)" = \
    "262010000000003,${k}F,$opc"
echo 000102030405060708090a0b0c0d0e0f >"$tmp/key"
cat >"$tmp/c.csv" <<END
iccid;imsi;ki;op
8949120000000000047;262010000000004;4db689eb7444e415a5e66035762c3dbd;dbc59adcb6f9a0ef735477b7fadf8374
END
ok "encrypted, and OP" import "$tmp/c.csv" --column-key "ki=$tmp/key"
has "OP with K is OPc" "^262010000000004,${k}E,[0-9A-F]{32}\$" /dev/stdin <<END
$(subscriber 8949120000000000047 imsi,ki,opc)
END
cat >"$tmp/d.csv" <<END
iccid,imsi,ki,op
8949120000000000054,262010000000005,${k}f,dbc59adcb6f9a0ef735477b7fadf8374
END
exits 1 "a key that is there" import "$tmp/d.csv"
has "with its row" '^row 2: k: a profile of the inventory has' "$tmp/err"
ok "nothing was taken" test "$(stock)" = 3
refused 2 'FIELD=FILE' "a key on the command line" ctl profile import --type \
    staff --csv "$tmp/c.csv" --column-key 000102030405060708090a0b0c0d0e0f

ok "a test type takes a key again" ctl --json profile import --type bench \
    --csv "$tmp/d.csv"
ok "OP gave OPc" test "$(subscriber 8949120000000000054 opc)" = \
    F9F62C0E4FAD85EC58F722D405BAAC8D

# Nine numbers and words, under a transport key ----------------------------------
cat >"$tmp/tata" <<END
00567 112318151552 1 5014 1 1 0 3 1
8949120000000000062 262010000000006 23e95ea47aa8b00b5d668409d1c3a80c 5c8d2853b0d31047a118af81ff73b493
END
echo '{"format":"tata","iv":"00000000000000000000000000000000"}' >"$tmp/map"
exits 1 "without its key" import "$tmp/tata" --map "$tmp/map"
has "which is asked for" 'transport key 1' "$tmp/err"
ok "with it" import "$tmp/tata" --map "$tmp/map" --column-key "*=$tmp/key"
ok "its keys" test "$(subscriber 8949120000000000062 imsi,ki,opc)" = \
    "262010000000006,${k}D,$opc"
sed 's/ 1 5014/ 2 5014/' "$tmp/tata" >"$tmp/short"
exits 1 "a row is missing" import "$tmp/short" --map "$tmp/map" \
    --column-key "*=$tmp/key"
has "as the header says" 'row 1: quantity' "$tmp/err"

# Pairs without an ICCID, and names of somebody's own ----------------------------
printf '%s\n' "262010000000007 000102030405060708090a0b0c0d0e07" \
    "262010000000008 000102030405060708090a0b0c0d0e08" >"$tmp/pairs"
echo '{"separator":" ","order":["imsi","ki"]}' >"$tmp/map"
exits 1 "no ICCID" import "$tmp/pairs" --map "$tmp/map"
has "how to number them" '--iccid FIRST' "$tmp/err"
ok "pairs" import "$tmp/pairs" --map "$tmp/map" --iccid 8949120000000000070
ok "numbered" test "$(subscriber 8949120000000000088 imsi)" = 262010000000008
cat >"$tmp/own.csv" <<END
Karte,Teilnehmer,Bemerkung
8949120000000000096,262010000000009,"x, y"
END
cat >"$tmp/map" <<END
{"columns":{"Karte":"iccid","Teilnehmer":"imsi","Bemerkung":null},
"constants":{"opc":"$opc"}}
END
exits 1 "names that nobody knows" import "$tmp/own.csv"
ok "are told by a map" import "$tmp/own.csv" --map "$tmp/map"
ok "with a constant" test "$(subscriber 8949120000000000096 opc)" = "$opc"

# One bad row ---------------------------------------------------------------------
have=$(stock)
cat >"$tmp/bad.csv" <<END
iccid,imsi,ki,opc
8949120000000000104,262010000000010,${k}0,$opc
8949120000000000105,262010000000011,${k}1,$opc
8949120000000000104,262010000000012,${k}2,$opc
8949120000000000112,262010000000010,${k}0,$opc
8949120000000000120,x,${k}4,$opc
8949120000000000138,262010000000014,${k}5
8949120000000000146,262010000000015,"${k}6"z,$opc
END
exits 1 "bad rows" import "$tmp/bad.csv" --errors "$tmp/errors"
has "a check digit" '^3,"iccid","the check digit' "$tmp/errors"
has "an ICCID twice" '^4,"iccid","is that of row 2' "$tmp/errors"
has "an IMSI twice" '^5,"imsi","is that of row 2' "$tmp/errors"
has "a key twice" '^5,"k","is that of row 2' "$tmp/errors"
has "no IMSI" '^6,"imsi"' "$tmp/errors"
has "a short row" '^7,"","less fields' "$tmp/errors"
has "quotes" '^8,"","text behind' "$tmp/errors"
has "as JSON as well" '"bad_count": *7'
ok "nothing was taken" test "$(stock)" = "$have"
cat >"$tmp/bad.csv" <<END
iccid,imsi,ki
8949120000000000104,262010000000010,${k}0
8949120000000000039,262010000000016,${k}1
8949120000000000120,262010000000003,${k}2
8949120000000000138,262010000000014,12
END
exits 1 "what the inventory knows" import "$tmp/bad.csv"
has "an ICCID" '^row 3: iccid: is in the inventory' "$tmp/err"
has "an IMSI" '^row 4: imsi: is in use' "$tmp/err"
has "not a key" '^row 5: k: 32 hex digits' "$tmp/err"
ok "nothing was taken" test "$(stock)" = "$have"
ok "and nothing is held" ctl --json batch list
hasnt "no batch is left open" '"state": *"(loading|aborting)"'
exits 1 "of another network" ctl profile import --type owned --csv \
    "$tmp/own.csv" --map "$tmp/map"
cat >"$tmp/good.csv" <<END
iccid,imsi
8949120000000000104,262010000000010
END
ok "a dry run" ctl profile import --type owned --csv "$tmp/good.csv" --dry-run
has "says so" '^1 rows: nothing is wrong; nothing was taken'
ok "took nothing" test "$(stock owned)" = 0
sed 's/26201/26202/' "$tmp/good.csv" >"$tmp/foreign.csv"
exits 1 "another network" ctl profile import --type owned \
    --csv "$tmp/foreign.csv" --dry-run
has "than the owner's" '^row 2: imsi: not of the network' "$tmp/err"
ok "of its own" ctl profile import --type owned --csv "$tmp/good.csv"
printf 'iccid,imsi,colour\n8949120000000000112,262010000000011,red\n' \
    >"$tmp/colour.csv"
exits 2 "a column that nobody knows" import "$tmp/colour.csv"
has "by name" 'field colour: no such field' "$tmp/err"
exits 3 "no file" import "$tmp/none.csv"
for secret in "${k}F" "${k}0" $opc 12345678; do
	hasnt "no secret in the log" "$secret" "$lab/log"
done

# Cut off -------------------------------------------------------------------------
n=20000
[ -z "$SMDP_LONG" ] || n=500000
awk -v n=$n 'function luhn(s,  i, t, d) {
	for (i = length(s); i > 0; i--) {
		d = substr(s, i, 1)
		if ((length(s) - i) % 2 == 0 && (d *= 2) > 9)
			d -= 9
		t += d
	}
	return (10 - t % 10) % 10
}
BEGIN {
	print "iccid,imsi,ki"
	for (i = n; i > 0; i--) {
		s = sprintf("894913%012d", i)
		printf "%s%d,26203%010d,AA%030X\n", s, luhn(s), i, i
	}
}' >"$tmp/many.csv"
"$smdpctl" -d "$lab" profile import --type owned --csv "$tmp/many.csv" \
    >"$tmp/x.out" 2>"$tmp/x.err"
ok "another network, $n times" grep -q "$n things are wrong" "$tmp/x.err"
ok "a type for them" ctl type add other
ctl --json batch list >"$tmp/list"
batch=$(($(grep -c '"batch"' "$tmp/list") + 1))
ctl profile import --type other --csv "$tmp/many.csv" >"$tmp/gen.out" \
    2>"$tmp/gen.err" &
gen=$!
tenths=0
while [ $tenths -lt 300 ]; do
	ctl --json batch show $batch >"$tmp/batch" 2>/dev/null &&
	    [ "$(field done "$tmp/batch")" -gt 0 ] && break
	tenths=$((tenths + 1))
	sleep 0.02
done
kill -KILL "$(child worker)" "$lab_pid" 2>/dev/null
wait "$lab_pid" 2>/dev/null
lab_pid=
wait "$gen"
has "how to go on" "profile import --csv FILE --resume $batch" "$tmp/gen.err"
ok "daemon again" lab_start
ok "nobody sees it" test "$(stock other)" = 0
sed 1,5d "$tmp/many.csv" >"$tmp/less.csv"
sed -i '1i iccid,imsi,ki' "$tmp/less.csv"
exits 1 "another file" ctl profile import --csv "$tmp/less.csv" \
    --resume $batch
has "is told" 'is of another file' "$tmp/err"
ok "go on" ctl --json profile import --csv "$tmp/many.csv" --resume $batch
has "to the end" '"state": *"live"'
ok "all of them, once" test "$(stock other)" = $n
ok "the daemon ends" lab_stop
done_testing
