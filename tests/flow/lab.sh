# SPDX-License-Identifier: Apache-2.0
# A lab for shell tests: a directory of its own, a daemon on loopback.  Source
# after tests/lib.sh.  Everything that is started here is ended by its id.
#
#   lab_init [DIR]      make a lab (sets $lab, $port, $address)
#   lab_start           start the daemon and wait until it is ready
#   lab_stop            end it, and wait
#   ctl ARGS...         smdpctl on this lab
#   order ARGS...       a new order; sets $order and $code (the LPA: string)
#   card EID ARGS...    vuicc as this card, state in $lab/EID.state
#   cards               the EIDs of the lab, one a line
#   field NAME [FILE]   a member of one JSON object (of $tmp/out)
#   child NAME          process id of the daemon's (newest) signer or worker,
#                       or of a worker that is `draining'

bin=$TOP_BUILDDIR
lab_n=0
lab_pid=

smdpctl=$bin/tools/smdpctl
smdpd=$bin/server/smdpd
smdp_pki=$bin/tools/smdp-pki
vuicc=$bin/tools/vuicc
smdp_load=$bin/tools/smdp-load

# A port that nobody listens on, as far as a random draw can tell.
lab_port()
{
	while :; do
		port=$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')
		port=$((20000 + port % 20000))
		grep -qi ":$(printf '%04X' "$port") " /proc/net/tcp \
		    /proc/net/tcp6 2>/dev/null || break
	done
}

lab_init()
{
	lab_n=$((lab_n + 1))
	lab=${1:-$tmp/lab$lab_n}
	lab_port
	address=localhost:$port
	"$smdpctl" init --dir "$lab" --address "$address" \
	    --listen "127.0.0.1:$port" >"$tmp/init.out" 2>&1 || {
		cat "$tmp/init.out" >&2
		return 1
	}
}

lab_start()
{
	: >"$lab/log"
	"$smdpd" -f "$lab/smdpd.conf" 2>>"$lab/log" &
	lab_pid=$!
	lab_wait_ready 1
}

# Wait until the log has this many lines that begin with `ready'.
lab_wait_ready()
{
	lab_tenths=0
	while [ "$(grep -c '^ready' "$lab/log")" -lt "$1" ]; do
		lab_tenths=$((lab_tenths + 1))
		if [ $lab_tenths -gt 300 ] || ! kill -0 "$lab_pid"; then
			sed 's/^/# log: /' "$lab/log" | tail -20
			return 1
		fi
		sleep 0.1
	done
}

lab_stop()
{
	[ -n "$lab_pid" ] || return 0
	kill -TERM "$lab_pid" 2>/dev/null
	wait "$lab_pid"
	lab_status=$?
	lab_pid=
	return $lab_status
}
at_exit lab_stop

ctl()
{
	"$smdpctl" -d "$lab" "$@"
}

# One member of the (only) JSON object in FILE, without its quotes.
field()
{
	sed -n 's/.*"'"$1"'": *\("\([^"]*\)"\|\([^,}]*\)\).*/\2\3/p' \
	    "${2:-$tmp/out}" | head -1
}

order()
{
	ctl --json order new "$@" >"$tmp/order.json" 2>"$tmp/order.err" || {
		cat "$tmp/order.err" >&2
		return 1
	}
	order=$(field order "$tmp/order.json")
	code=$(field activation_code "$tmp/order.json")
	iccid=$(field iccid "$tmp/order.json")
}

cards()
{
	for lab_c in "$lab"/pki/euicc/*.crt; do
		basename "$lab_c" .crt
	done
}

card()
{
	lab_eid=$1
	shift
	"$vuicc" --pki "$lab/pki" --eid "$lab_eid" \
	    --state "$lab/$lab_eid.state" "$@"
}

# State of a profile or an order.
profile_state()
{
	ctl --json profile show "$1" >"$tmp/show.json" && field state \
	    "$tmp/show.json"
}

child()
{
	for lab_p in $(cat "/proc/$lab_pid/task/$lab_pid/children"); do
		[ "$(cat "/proc/$lab_p/comm")" = "smdpd-$1" ] && echo "$lab_p"
	done | tail -n 1
}

# A type and n profiles of it.
lab_profiles()
{
	ctl type add consumer --spn "Example Mobile" --name "Example 5G" \
	    --notify install,enable,disable,delete >/dev/null &&
	    ctl profile generate --type consumer --count "$1" >/dev/null
}
