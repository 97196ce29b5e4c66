#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kill -9 of parent, worker and signer between any two calls of a download:
# the download goes on or is refused cleanly and can be begun again; never two
# eUICCs for one profile; nothing that was acknowledged is lost.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 40
first=$(cards | sed -n 1p)
second=$(cards | sed -n 2p)
ready=1

strike()
{
	case $1 in
	parent)
		kill -9 "$lab_pid"
		wait "$lab_pid" 2>/dev/null
		lab_start
		ready=1
		;;
	worker)
		kill -9 "$(child worker)"
		ready=$((ready + 1))
		lab_wait_ready $ready
		;;
	signer)
		kill -9 "$(child signer)"
		;;
	esac
}

# vuicc stops between two calls, makes a file, and goes on when it is gone.
paused()
{
	victim=$1
	step=$2
	rm -f "$tmp/at" "$lab/$first.state"
	(
		card "$first" --pause "$step=$tmp/at" \
		    download "$code" >"$tmp/paused.out" 2>&1
		echo $? >"$tmp/paused.status"
	) &
	paused_pid=$!
	tenths=0
	while [ ! -e "$tmp/at" ] && [ $tenths -lt 200 ]; do
		sleep 0.1
		tenths=$((tenths + 1))
	done
	strike "$victim"
	rm -f "$tmp/at"
	wait $paused_pid
	status=$(cat "$tmp/paused.status")
}

# Whatever became of that attempt, the state is one of those allowed, and the
# same card can have its profile; another one cannot once it was bound.
settle()
{
	if [ "$status" -ne 0 ]; then
		grep -Eq '[0-9.]+/[0-9.]+|connect|transport|HTTP' \
		    "$tmp/paused.out" || return 1
		card "$first" notify >/dev/null 2>&1
		if [ "$(profile_state "$iccid")" != installed ]; then
			card "$first" download "$code" || return 1
		fi
	fi
	[ "$(profile_state "$iccid")" = installed ] &&
	    [ "$(field eid "$tmp/show.json")" = "$first" ]
}

for victim in signer worker parent; do
	for step in init auth bpp; do
		order --type consumer
		paused $victim $step
		ok "$victim killed after $step: settled" settle
		refused 1 '8\.1\.1/3\.8' "$victim killed after $step: locked" \
		    card "$second" download "$code"
	done
done

# A package that was handed out locks the profile, whatever dies after it.
order --type consumer
card "$first" --misbehave stop-after=bpp download "$code" >/dev/null 2>&1
strike parent
ok "the lock is on disk" test "$(profile_state "$iccid")" = downloaded
refused 1 '8\.1\.1/3\.8' "another card after the restart" \
    card "$second" download "$code"
rm -f "$lab/$first.state"
ok "the same card after the restart" card "$first" download "$code"
ok "the daemon ends" lab_stop
done_testing
