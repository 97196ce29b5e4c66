#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A stored package in words: as a card would get it, its keys only for whoever
# says why, and written down before he sees them.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "type" ctl type add staff --spn Example --owner 999-70
ok "profile" ctl profile generate --type staff --count 1 --json
iccid=$(field last_iccid)
imsi=$(field last_imsi)
ok "its package" ctl profile export --upp "$iccid" -o "$tmp/upp"

keys_rows()
{
	ctl audit list --iccid "$iccid" --json >"$tmp/audit" &&
	grep -c '"action":"profile.keys"' "$tmp/audit"
}

ok "decoded" ctl profile show "$iccid" --decode
cp "$tmp/out" "$tmp/hidden"
has "ICCID of the header and of EF.ICCID" "iccid  *$iccid\$" "$tmp/hidden"
has "K is hidden" ' k  *\*\*\*\*\*\*\*\*$' "$tmp/hidden"
has "it says so" 'keys hidden$' "$tmp/hidden"
ok "the same without the daemon" sh -c '"$1" profile show --decode \
    --file "$2" >"$3" && cmp "$3" "$4"' - "$smdpctl" "$tmp/upp" \
    "$tmp/file" "$tmp/hidden"
ok "as JSON" ctl profile show "$iccid" --decode --json
cp "$tmp/out" "$tmp/hidden.json"
ok "one line" test "$(wc -l <"$tmp/hidden.json")" = 1
ok "no row for that" test "$(keys_rows)" = 0

refused 2 'needs --reason' 'keys without a reason' \
    "$smdpctl" -d "$lab" profile show "$iccid" --decode --keys
refused 2 'reason: is needed' 'keys without words' \
    "$smdpctl" -d "$lab" profile show "$iccid" --decode --keys --reason ' '
ok "no row for that either" test "$(keys_rows)" = 0
ok "with keys" ctl profile show "$iccid" --decode --keys \
    --reason 'ticket 4711' --json
cp "$tmp/out" "$tmp/shown.json"
hasnt "nothing is hidden" '\*\*\*\*' "$tmp/shown.json"
ok "a row for that" test "$(keys_rows)" = 1
has "it says why" '"action":"profile.keys".*ticket 4711' "$tmp/audit"
has "and who" '"actor":"uid [0-9]*","action":"profile.keys"' "$tmp/audit"
hasnt "and no key" "$(sed 's/.*"k":"\([0-9A-F]*\)".*/\1/' \
    "$tmp/shown.json")" "$tmp/audit"

# Every value that only the second answer has.
values()
{
	grep -o '"[a-z_0-9]*":"[0-9A-F]*"' "$1" | sed 's/.*:"\(.*\)"/\1/' |
	    sort -u
}

values "$tmp/hidden.json" >"$tmp/a"
values "$tmp/shown.json" >"$tmp/b"
comm -13 "$tmp/a" "$tmp/b" | awk 'length >= 4' >"$tmp/secret"
ok "PINs, PUKs, K, OPc and SD keys are among them" \
    test "$(wc -l <"$tmp/secret")" -ge 10
# Four digits may be part of anything: a PIN is looked for as a value.
while read -r secret; do
	case $secret in
	????) text="value $secret" json="\"$secret\"" ;;
	*) text=$secret json=$secret ;;
	esac
	hasnt "a secret is not in the first answer" "$text" "$tmp/hidden"
	hasnt "nor as JSON" "$json" "$tmp/hidden.json"
done <"$tmp/secret"
hasnt "nothing in the log" "$(head -1 "$tmp/secret")" "$lab/log"

# What a card got is what was shown.
first=$(cards | head -1)
ok "order" order --type staff
card "$first" download "$code" --save-upp "$tmp/arrived" >/dev/null 2>&1
ok "the card's package in words" sh -c '"$1" profile show --decode \
    --file "$2" >"$3" && cmp "$3" "$4"' - "$smdpctl" "$tmp/arrived" \
    "$tmp/file" "$tmp/hidden"
has "with its IMSI" "imsi  *$imsi\$" "$tmp/file"
lab_stop
done_testing
