#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tour of README.md, command by command as it stands there; only the port
# and the words in capitals are filled in.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

PATH=$bin/tools:$bin/server:$PATH
export PATH
lab_port

# Commands one a line: blocks of the tour, joined lines, without comments.
sed -n '/^## A tour/,/^## Trying/p' "$TOP_SRCDIR/README.md" |
    sed -n 's/^    *//p' | sed -e :a -e '/\\$/N; s/\\\n *//; ta' |
    sed 's/  *#.*//' >"$tmp/tour"

# filled LINE: with what has come out so far.
filled()
{
	printf '%s\n' "$1" | sed -e "s/127\.0\.0\.1:8443/127.0.0.1:$port/g" \
	    -e "s/--eid EID/--eid $eid/" -e "s/ ICCID$/ $iccid/" \
	    -e "s/qr ID/qr $order/" -e "s/'LPA:1\\\$\.\.\.'/'$code'/"
}

daemon()
{
	smdpd -f lab/smdpd.conf 2>lab/log &
	lab_pid=$!
	lab=lab
	lab_wait_ready 1
}

# What the reader has: a list of subscriptions, a certificate, a package.
readers_own()
{
	printf 'iccid,imsi\n%s,999700000000901\n%s,999700000000902\n' \
	    8999901900000000014 8999901900000000022 >sims.csv
	openssl req -x509 -newkey rsa:2048 -nodes -keyout hss.key \
	    -out hss.pem -subj /CN=hss -days 2 2>/dev/null
	smdpctl profile export "$iccid" --upp -o FILE.der >/dev/null
}

# What later lines need of this one's output.
remember()
{
	case $1 in
	*"order new"*)
		smdpctl --json order list >"$tmp/orders"
		order=$(field order "$tmp/orders")
		code=$(field activation_code "$tmp/orders")
		iccid=$(field iccid "$tmp/orders")
		readers_own
		;;
	*"euicc new"*)
		eid=$(cat "$tmp/out")
		;;
	esac
}

command -v openssl >/dev/null || skip_all "no openssl (for a recipient)"
cd "$tmp" || exit 99
eid=none iccid=none order=none code=none
while read -r line <&9; do
	case $line in
	'smdpd '*) ok "$line" daemon ;;
	*)
		ok "$line" eval "$(filled "$line")"
		remember "$line"
		;;
	esac
done 9<"$tmp/tour"
[ "$tap_n" -ge 15 ]
tap_case $? 'the tour has its commands'
ok 'the profile is on the card' test "$(profile_state "$iccid")" = installed
ok 'and enabled' test "$(field card_state "$tmp/show.json")" = enabled
ok 'the daemon ends' lab_stop
done_testing
