#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An LPA that others wrote: lpac, unmodified, with vuicc as its card, downloads
# from smdpd.  Needs lpac in the PATH, or $SMDP_LPAC that names it.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

lpac=$(command -v "${SMDP_LPAC:-lpac}") ||
    skip_all "no lpac in the PATH, and none that SMDP_LPAC names"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 24
first=$(cards | sed -n 1p)
second=$(cards | sed -n 2p)
eid=$first

# lpac ARGS... before the card $eid.
lpa()
{
	card "$eid" lpac -- "$lpac" "$@"
}

download()
{
	lpa profile download -a "$code" "$@"
}

# What the server knows of the profile: its state, its state on the card.
is()
{
	ok "it is $1" test "$(profile_state "$iccid")" = "$1"
}

on_card()
{
	profile_state "$iccid" >/dev/null
	ok "on the card it is $1" \
	    test "$(field card_state "$tmp/show.json")" = "$1"
}

tell()
{
	ok "the notifications are sent" lpa notification process -a -r
}

# The last line of lpac's own: it did it, or says who did not.
done_so()
{
	has "lpac says so" '"type":"lpa","payload":\{"code":0,'
}

# fails REGEX NAME COMMAND...: lpac ends badly and says this.
fails()
{
	fails_regex=$1
	shift
	exits 1 "$@"
	has "lpac says why" \
	    "\"type\":\"lpa\",\"payload\":\\{\"code\":-1,.*$fails_regex"
}

# A whole life, on either curve -------------------------------------------
for eid in $first $second; do
	ok "chip info" lpa chip info
	has "its EID" "\"eidValue\":\"$eid\""
	has "its policy" '"rulesAuthorisationTable":\[\{"pprIds":\["ppr1","ppr2"\],"allowedOperators":\[\{"plmn":"eeeeee"'
	has "its version" '"svn":"2\.2\.2"'
	ok "order" order --type consumer
	ok "download" download
	done_so
	has "it was shown" '"serviceProviderName":"Example Mobile","profileName":"Example 5G"'
	has "the result" "\"iccid\":\"$iccid\""
	is downloaded
	ok "its notifications" lpa notification list
	has "the result and the event" \
	    '\{"seqNumber":1,.*"install".*\{"seqNumber":2,.*"install"'
	tell
	is installed
	ok "bound to this card" test "$(field eid "$tmp/show.json")" = "$eid"
	ok "none left" lpa notification list
	has "none" '"data":\[\]'
	ok "enable" lpa profile enable "$iccid"
	tell
	on_card enabled
	fails 'not in disabled state' "enable twice" lpa profile enable "$iccid"
	fails 'not in disabled state' "delete it" lpa profile delete "$iccid"
	ok "nickname" lpa profile nickname "$iccid" "Zu Hause"
	ok "list" lpa profile list
	has "all of it" "\"iccid\":\"$iccid\",\"isdpAid\":\"a0000005591010ffffffff8900000100\",\"profileState\":\"enabled\",\"profileNickname\":\"Zu Hause\",\"serviceProviderName\":\"Example Mobile\",\"profileName\":\"Example 5G\",.*\"profileClass\":\"operational\""
	ok "vuicc knows it, too" card "$eid" list --json
	has "the nickname" '"nickname":"Zu Hause"'
	ok "disable by AID" lpa profile disable \
	    a0000005591010ffffffff8900000100
	tell
	on_card disabled
	fails 'not in enabled state' "twice" lpa profile disable "$iccid"
	ok "delete" lpa profile delete "$iccid"
	tell
	on_card deleted
	fails 'not found' "twice" lpa profile delete "$iccid"
	fails 'not found' "a nickname for none" lpa profile nickname "$iccid" x
	fails 'es9p_authenticate_client' "the code is used up" download
done
eid=$first

# The default address -----------------------------------------------------
fails '"smdp"' "no default address" lpa profile download
ok "set one" lpa chip defaultsmdp "$address"
ok "it is there" lpa chip info
has "the address" "\"defaultDpAddress\":\"$address\""
ok "order found by the EID" order --type consumer --eid "$eid" --default
ok "download without a code" lpa profile download
tell
is installed

ok "order" order --type consumer
ok "by address and MatchingID" lpa profile download -s "$address" \
    -m "${code##*\$}"
tell
is installed
ok "order found by the EID" order --type consumer --eid "$eid" --default
ok "by address alone" lpa profile download -s "$address"
tell
is installed
fails 'es9p_authenticate_client' "once" lpa profile download -s "$address"

# Blocks of other sizes ---------------------------------------------------
for size in 6 255; do
	ok "order" order --type consumer
	ok "download in blocks of $size" env LPAC_CUSTOM_ES10X_MSS=$size \
	    "$vuicc" --state "$lab/$eid.state" lpac -- \
	    "$lpac" profile download -a "$code"
	tell
	is installed
done

# The user decides --------------------------------------------------------
ok "order" order --type consumer
echo n >"$tmp/no"
echo y >"$tmp/yes"
user()
{
	download -p <"$1"
}
fails 'cancelled' "the user says no" user "$tmp/no"
has "it asked" '"message":"preview"'
is error
ok "order" order --type consumer
ok "the user says yes" user "$tmp/yes"
tell
is installed

# Cut off -----------------------------------------------------------------
# cut_at STEP: once lpac says that it begins STEP, its card does not hear it any
# more, and then it does not hear its card.
cut_at()
{
	rm -f "$tmp/cut"
	mkfifo "$tmp/cut"
	card "$eid" lpac -- sh -c 'exec 4<&0
	    "$1" profile download -a "$2" <&4 >"$4" &
	    exec sed -u "/\"message\":\"$3\"/q" <"$4"' \
	    sh "$lpac" "$code" "$1" "$tmp/cut"
	grep -q "\"message\":\"$1\"" "$tmp/out"
}

kept()
{
	sed -n 's/.*"point":"\([0-9A-F]*\)".*/\1/p' "$lab/$eid.state"
}

ok "order" order --type consumer
ok "cut off before AuthenticateServer" cut_at es10b_authenticate_server
is released
ok "cut off before PrepareDownload" cut_at es10b_prepare_download
is released
ok "cut off when the package is there" cut_at es10b_load_bound_profile_package
is downloaded
key=$(kept)
ok "the card keeps its key" test -n "$key"
ok "once more" cut_at es10b_load_bound_profile_package
ok "it is the same key" test "$(kept)" = "$key"
ok "nothing is on the card" card "$eid" list
hasnt "nothing" "^$iccid"
ok "then it goes on" download
ok "the key is used up" test -z "$(kept)"
is downloaded
tell
is installed

# postponed: lpac cannot say so; it goes away while the user is asked, and the
# server is not told.
postponed()
{
	mkfifo "$tmp/fifo"
	: >"$tmp/pre"
	download -p <"$tmp/fifo" >"$tmp/pre" 2>&1 &
	postponed_pid=$!
	exec 3>"$tmp/fifo"
	tenths=0
	until grep -q '"preview"' "$tmp/pre" || [ $tenths -gt 200 ]; do
		sleep 0.1
		tenths=$((tenths + 1))
	done
	"$@"
	exec 3>&-
	wait $postponed_pid
	postponed_status=$?
	rm -f "$tmp/fifo"
	cat "$tmp/pre"
	[ $postponed_status -eq 1 ] && [ $tenths -le 200 ]
}

# The child of vuicc, which is a child of the shell in the background.
kill_lpac()
{
	for p in $postponed_pid \
	    $(cat "/proc/$postponed_pid/task/$postponed_pid/children"); do
		for c in $(cat "/proc/$p/task/$p/children"); do
			[ "$(cat "/proc/$c/comm")" = vuicc ] || kill -9 "$c"
		done
	done
}

ok "order" order --type consumer
ok "lpac is killed while the user thinks" postponed kill_lpac
is released
away()
{
	lab_stop
	echo y >&3
}
ok "the server goes away between two calls" postponed away
has "lpac says so" 'HTTP transport failed'
ok "the server is back" lab_start
is released
ok "then it is downloaded" download
tell
is installed

# The server is away when the notifications are to be sent.
ok "enable" lpa profile enable "$iccid"
ok "the server stops" lab_stop
fails 'es9p_handle_notification' "not sent" lpa notification process -a -r
ok "it is still there" lpa notification list
has "the one" '"profileManagementOperation":"enable"'
ok "the server is back" lab_start
tell
on_card enabled

# Confirmation codes ------------------------------------------------------
ok "order with a code" order --type consumer --cc 4711
fails 'confirmation_code.*required' "lpac asks for it before all" download
is released
# lpac ends the session as if the user had rejected the profile.
fails 'confirmation code' "wrong code" download -c 4712
is error
ok "order with a code" order --type consumer --cc 4711
ok "right code" download -c 4711
tell
is installed
# Unless the type says that a "no" of the user ends nothing.
ok "a type for that" ctl type add patient --on-cancel keep \
    --notify install,delete
ok "its profile" ctl profile generate --type patient --count 1
ok "order with a code" order --type patient --cc 4711
fails 'confirmation code' "wrong code" download -c 4712
is released
ok "right code" download -c 4711
tell
is installed

# Whose it is -------------------------------------------------------------
ok "order of the other card" order --type consumer --eid "$second"
fails 'es9p_authenticate_client' "not this one's" download
is released
eid=$second
ok "the right card" download
tell
is installed

# Once more after it was deleted ------------------------------------------
ok "delete" lpa profile delete "$iccid"
fails 'es9p_authenticate_client' "the server has not heard of it" download
tell
ok "reinstall" ctl order reinstall --reason reset "$order"
is released
ok "download again" download
tell
is installed
eid=$first

# A card that does not install it -----------------------------------------
ok "order" order --type consumer
sick()
{
	card "$eid" --misbehave install-error=10 lpac -- "$lpac" profile \
	    download -a "$code"
}
fails 'es10b_load_bound_profile_package' "no memory" sick
is downloaded
ok "the result is pending" lpa notification list
has "it" '"profileManagementOperation":"install"'
tell
is downloaded
ok "order" order --type consumer
sick()
{
	card "$eid" --misbehave install-error=12 lpac -- "$lpac" profile \
	    download -a "$code"
}
fails 'es10b_load_bound_profile_package' "a package it cannot read" sick
tell
is error

# Notifications one by one ------------------------------------------------
ok "order" order --type consumer
ok "download" download
ok "list" lpa notification list
seq=$(sed -n 's/.*"data":\[{"seqNumber":\([0-9]*\).*/\1/p' "$tmp/out")
ok "dump" lpa notification dump "$seq"
ok "send the first" lpa notification process "$seq"
is installed
ok "again, which changes nothing" lpa notification process "$seq"
is installed
ok "remove it" lpa notification remove "$seq"
fails 'not found' "twice" lpa notification remove "$seq"
tell

# All at once -------------------------------------------------------------
ok "purge" lpa chip purge yes
ok "nothing left" lpa profile list
has "nothing" '"data":\[\]'
tell
on_card deleted
fails 'nothing to delete' "twice" lpa chip purge yes
ok "the daemon ends" lab_stop
done_testing
