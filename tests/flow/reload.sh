#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SIGHUP: between two calls of a download, with another address, with another
# mind about the lab.  And what two daemons may not share, and where the admin
# socket is when its path would be too long.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 20
conf=$lab/smdpd.conf
eid=$(cards | sed -n 1p)

reload()
{
	reload_n=$(grep -c '^ready' "$lab/log")
	kill -HUP "$lab_pid"
	lab_wait_ready $((reload_n + 1)) &&
	    ! grep 'reload-refused' "$lab/log"
}

# Between two calls ----------------------------------------
# A download that waits after a step; $pid.
paused()
{
	rm -f "$tmp/at"
	"$vuicc" --pki "$lab/pki" --eid "$eid" --state "$lab/$eid.state" \
	    --pause "$1=$tmp/at" $2 download "$code" >"$tmp/paused" 2>&1 &
	pid=$!
	for i in $(seq 100); do
		[ ! -e "$tmp/at" ] || return 0
		sleep 0.1
	done
	return 1
}

goes_on()
{
	rm "$tmp/at"
	wait $pid || {
		cat "$tmp/paused"
		return 1
	}
}

for step in init auth bpp install; do
	for how in '' --reconnect; do
		ok "order" order --type consumer
		ok "waits after $step $how" paused $step $how
		worker=$(child worker)
		ok "reload" reload
		ok "another worker" test "$(child worker)" != "$worker"
		ok "the download goes on" goes_on
		ok "installed" test "$(profile_state "$iccid")" = installed
	done
done

# Another address ----------------------------------------
second=second.example.com:$port
ok "order" order --type consumer
code2=LPA:1\$$second\$${code##*\$}
by_second()
{
	card "$eid" --connect "$second=127.0.0.1:$port" download "$code2"
}
refused 1 'initiateAuthentication' "a name without a certificate" by_second
ok "its certificate" "$smdp_pki" tls new "$lab/pki" --host second.example.com
ok "reload" reload
refused 1 '8\.8\.1/3\.8' "an address that is not ours" by_second
sed -i "s/^address.*/&\\naddress $second/" "$conf"
ok "reload" reload
ok "now it is" by_second
ok "order" order --type consumer
has "new codes have the first address" "LPA:1.localhost:$port" \
    "$tmp/order.json"
ok "which is still served" card "$eid" download "$code"

# lab yes to no ----------------------------------------
lab_only()
{
	for lab_try in '--lock open' '--reusable' '--downloads 1' \
	    '--cc 1234 --cc-attempts 1' '--matching-id a_b' \
	    '--expires 2020-01-01T00:00:00Z'; do
		"$@" "$lab_try" ctl order new --type consumer $lab_try
	done
}
lab_only ok
ok "order" order --type consumer
ok "reset" ctl order reset "$order"
ok "clock" ctl lab clock +1h
sed -i 's/^lab .*/lab no/' "$conf"
ok "lab no" reload
lab_only refused 1 'needs .lab yes'
refused 1 'needs .lab yes' "reset" ctl order reset "$order"
refused 1 'needs .lab yes' "clock" ctl lab clock +2h
refused 1 'needs .lab yes' "clock, reset" ctl lab clock reset
ok "what is not for labs goes on" card "$eid" download "$code"

# Two daemons, one database ----------------------------------------
sed "s/^listen-es9.*/listen-es9 127.0.0.1:0/; s/^listen-admin.*/listen-admin \
unix:other.sock/" "$conf" >"$lab/other.conf"
ok "another configuration is good" "$smdpd" -t -f "$lab/other.conf"
exits 1 "but not on the same database" \
    timeout 20 "$smdpd" -f "$lab/other.conf"
has "it says which" 'smdp\.db' "$tmp/err"
ok "the first one answers" ctl status
ok "the daemon ends" lab_stop

# A long path ----------------------------------------
long=$tmp/$(printf '%*s' $((107 - ${#tmp} - 12)) '' | tr ' ' d)
ok "107 octets" lab_init "$long"
has "in the directory" '^listen-admin unix:admin\.sock$' "$lab/smdpd.conf"
ok "daemon" lab_start
ok "status" ctl status
ok "the socket" test -S "$long/admin.sock"
ok "the daemon ends" lab_stop
long=${long}d
XDG_RUNTIME_DIR=$tmp
export XDG_RUNTIME_DIR
ok "108 octets" lab_init "$long"
has "elsewhere" '^listen-admin unix:/.*/smdpd-[0-9a-f]{8}\.sock$' \
    "$lab/smdpd.conf"
socket=$(sed -n 's/^listen-admin unix://p' "$lab/smdpd.conf")
if [ -w "$(dirname "$socket")" ]; then
	ok "daemon" lab_start
	ok "the socket" test -S "$socket"
	not_ok "no other" test -e "$long/admin.sock"
	ok "status" ctl status
	ok "profiles" lab_profiles 1
	ok "order" order --type consumer
	ok "download" card "$(cards | sed -n 1p)" download "$code"
	ok "the daemon ends" lab_stop
	not_ok "its socket is gone" test -e "$socket"
else
	skip "a socket in the run directory" "$socket cannot be made"
fi
done_testing
