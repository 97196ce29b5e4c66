#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a profile type says arrives on the card: names and an icon as long as
# they may be, in two segments; owner and notification addresses.  A change
# holds for the next package.  The alarm of a stock that runs out.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
eid=$(cards | sed -n 1p)

# icon HEAD: a file of 1024 octets that begins like this.
icon()
{
	printf "$1" >"$tmp/icon"
	dd if=/dev/zero bs=1 count=$((1024 - $(wc -c <"$tmp/icon"))) \
	    2>/dev/null >>"$tmp/icon"
}

png='\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\100\0\0\0\100\010\006\0\0\0'
jpeg='\377\330\377\340\0\004ab\377\300\0\013\010\0\100\0\100\001\001\021\0'
name=$(printf '%064d' 7)
spn=$(printf '%032d' 8)

icon "$png"
ok "a type with all there is" ctl --json type add full --spn "$spn" \
    --name "$name" --icon "$tmp/icon" --owner 999-70 \
    --ppr ppr2 --protect ppk --low-stock 2 \
    --notify install,enable=hub.example,delete=hub.example,delete
has "the icon's octets" '"icon_octets": *1024'
ok "profiles" ctl profile generate --type full --count 5
ok "order" order --type full
ok "installed" card "$eid" --save-upp "$tmp/upp" download "$code"
# EF.SPN of a package has 16 characters, the metadata have 32.
ok "as much of the name as fits" grep -aq "$(printf '\002%016d' 0)" "$tmp/upp"
ok "list" card "$eid" list
has "the card shows the icon" "^$iccid +disabled  $spn  $name  png 1024$"
ok "list as JSON" card "$eid" --json list
has "class" '"class": *"operational"'
has "owner" '"owner": *"999-70"'
has "addresses" "\"notify\": *\\[\"install=$address\",\"delete=$address\",\
\"enable=hub.example\",\"delete=hub.example\"\\]"
ok "turned on" card "$eid" enable "$iccid"
ok "a notification for there" \
    grep -q '"address":"hub.example"' "$lab/$eid.state"

# A change.
icon "$jpeg"
ok "another icon" ctl type set full --icon "$tmp/icon" --spn Short --ppr '' \
    --notify install --owner 999-70
ok "show" ctl type show full
has "its kind is told from the contents" '^icon +jpeg$'
has "in stock" '^available +4$'
refused 1 'has profiles' "another owner" ctl type set full --owner 999-71
refused 1 'has profiles' "another class" ctl type set full --class test
refused 2 'nothing to change' "no change" ctl type set full
icon "GIF89a"
refused 2 'PNG or JPEG' "another kind of picture" \
    ctl type set full --icon "$tmp/icon"
icon "$png"
echo x >>"$tmp/icon"
refused 1 '1024 bytes' "a larger picture" ctl type set full --icon "$tmp/icon"
rm -f "$lab/$eid.state"
ok "order" order --type full
ok "installed" card "$eid" download "$code"
ok "list" card "$eid" list
has "the card shows the change" "^$iccid +disabled  Short  $name  jpeg 1024$"
ok "order" order --type full
hasnt "no alarm so far" 'low-stock' "$lab/log"
ok "order" order --type full
has "an alarm" 'warn low-stock type=full available=1' "$lab/log"
ok "status" ctl --json status
has "status names it" '"stock":\{"full":1\}.*"low_stock":\["full"\]'
ok "audit" ctl --json audit list --order "$order"
has "audit has it" '"type.low-stock".*"type=full available=1"'
ok "order" order --type full
ok "one alarm" test "$(grep -c low-stock "$lab/log")" -eq 1
not_ok "the stock is out" order --type full
has "says so" 'type full: no profile is available' "$tmp/err"
ok "no icon" ctl --json type set full --no-icon
has "is none" '"icon": *null'
ok "audit" ctl --json audit list
has "changes are audited" '"type.set".*"type=full spn owner ppr notify icon"'

hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
