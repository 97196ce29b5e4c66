#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The daemon's own manners: checking, printing, refusing, reloading, ending.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "help" "$smdpd" --help
has "it names its options" '-f FILE'
ok "version" "$smdpd" --version
refused 2 '-f FILE is needed' "no file" "$smdpd"
refused 2 'no such option' "unknown option" "$smdpd" -x
ok "lab" lab_init
conf=$lab/smdpd.conf
ok "-t" "$smdpd" -t -f "$conf"
ok "-T" "$smdpd" -T -f "$conf"
has "defaults are printed" '^session-timeout'

bad()
{
	sed "/^${1%% *} /d" "$conf" >"$lab/bad.conf"
	echo "$1" >>"$lab/bad.conf"
	line=$(wc -l <"$lab/bad.conf")
	refused 1 "bad.conf:$line: .*$2" "$1" "$smdpd" -t -f "$lab/bad.conf"
}
bad 'colour red' 'unknown keyword colour'
bad 'listen-es2 127.0.0.1:1' 'listen-es2 is not built'
bad 'workers many' 'workers expects'
bad 'listen-es9 127.0.0.1:99999' 'has no port from 0 to 65535'
bad 'listen-es9 1.2.3.4' 'is not ADDR:PORT'
bad 'listen-es9 999.1.1.1:8' 'has no numeric address'
bad 'address BAD_HOST:1' 'is not HOST'
bad 'address a b' 'is not HOST'
bad 'address x..y' 'is not HOST'
bad 'address example.com:99999' 'has no port'
bad 'admin-group no-such-group' 'no such group'
bad 'session-timeout never' 'a session must end'
bad 'session-timeout 0' 'a session must end'
bad 'svn-max 3.0' 'is not 2.N'
bad 'svn-max 2.256' 'is not 2.N with N from 0 to 255'
bad 'svn-max 2.' 'is not 2.N with N from 0 to 255'
bad 'block-ski 12' 'is not 40 hex digits'
bad 'block-eid 123' 'is not EID or EID-EID'
eid=89049032000000000000000000000001
bad "block-eid ${eid%1}x" 'is not an EID'
bad "block-eid ${eid%1}2-$eid" 'begins behind its end'
bad 'block-firmware 1.2' 'is not .EID prefix:.X.Y.Z'
bad 'block-firmware 1.2.03' 'is not .EID prefix:.X.Y.Z'
bad 'block-firmware 1.2.3.4' 'is not .EID prefix:.X.Y.Z'
bad 'block-firmware 1.2.256' 'is not .EID prefix:.X.Y.Z'
bad 'block-firmware :1.2.3' 'has no first digits'
bad 'block-firmware ab:1.2.3' 'has no first digits'
bad 'crl-stale ignore' 'is not warn or refuse'
bad 'log-level loud' 'is not error, warn, info or debug'
bad 'db postgres:x' 'is not sqlite:PATH'
bad 'kek pkcs11:x' 'is not file:PATH'
bad 'listen-admin 127.0.0.1:1' 'ADDR:PORT is not built'
bad 'listen-admin somewhere' 'is not unix:PATH'
bad 'lab perhaps' 'lab expects yes or no'
bad 'order-expiry soon' 'order-expiry expects'
bad 'db' 'db has no value'
refused 1 'no/such' "no such file" "$smdpd" -f /no/such

ok "start" lab_start
if [ -n "$lab_pid" ]; then
	exits 1 "a second one on the same lab" \
	    "$smdpd" -f "$conf"
	has "says why" 'another smdpd' "$tmp/err"
fi
ok "it is the first that still answers" ctl status

# Reload: children are new, the socket never closes, sessions go on.
worker=$(child worker)
echo 'session-timeout 20m' >>"$conf"
kill -HUP "$lab_pid"
ok "reloaded" lab_wait_ready 2
ok "the admin socket is there" test -S "$lab/admin.sock"
ok "another worker" test "$(child worker)" != "$worker"
ok "answers" ctl status
hasnt "nobody has died" 'died' "$lab/log"

# The admin socket for the members of a group, from a reload on.
as()
{
	setpriv --reuid=65534 --regid=65534 "$@" "$smdpctl" -d "$lab" status
}
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null &&
    getent group users >/dev/null; then
	chmod 755 "$tmp" "$lab"
	not_ok "a stranger may not" as --clear-groups
	echo 'admin-group users' >>"$conf"
	kill -HUP "$lab_pid"
	ok "reloaded" lab_wait_ready 3
	ok "the socket is the group's" \
	    test "$(stat -c '%a %G' "$lab/admin.sock")" = '660 users'
	ok "a member may" as --groups=users
	not_ok "a stranger may not" as --clear-groups
	sed -i '$d' "$conf"
	kill -HUP "$lab_pid"
	ok "reloaded" lab_wait_ready 4
	ok "the socket is nobody else's" \
	    test "$(stat -c %a "$lab/admin.sock")" = 600
	not_ok "a member may not any more" as --groups=users
else
	skip "admin-group" "needs root, setpriv and a group users"
fi
echo 'nonsense 1' >>"$conf"
kill -HUP "$lab_pid"
sleep 1
has "a bad file is refused" 'reload-refused' "$lab/log"
sed -i '$d' "$conf"
ok "and the old settings stay in force" ctl status
ok "SIGTERM ends it with 0" lab_stop
not_ok "and takes its socket away" test -e "$lab/admin.sock"

# Children that die are started again.
ok "start" lab_start
kill -9 "$(child worker)"
ok "the worker comes back" lab_wait_ready 2
signer=$(child signer)
kill -9 "$signer"
sleep 1
ok "the signer comes back" test -n "$(child signer)"
ok "answers" ctl status
# Nor is one given up that is killed before it was ready.
kill_young()
{
	young_n=0
	young_last=
	for young_i in $(seq 4000); do
		young=$(child worker) 2>/dev/null
		if [ -n "$young" ] && [ "$young" != "$young_last" ]; then
			kill -9 "$young"
			young_last=$young
			young_n=$((young_n + 1))
		fi
		[ $young_n -lt 3 ] || return 0
	done
	return 1
}
settled()
{
	for settled_i in 1 2 3 4 5 6 7 8 9 10; do
		ctl status && return 0
		sleep 1
	done
	return 1
}
ok "workers killed as soon as they are seen" kill_young
ok "one comes back" settled
# The children do not outlive the parent.
worker=$(child worker)
kill -9 "$lab_pid"
wait "$lab_pid" 2>/dev/null
sleep 1
# Nobody may be there to bury it.
not_ok "the worker died with it" grep -q '^State:[^Z]*$' "/proc/$worker/status"
ok "start again" lab_start
ok "the daemon ends" lab_stop

# Sockets that were opened by somebody else (systemd, say).  Descriptor 3 may
# be one that whoever runs this test left open.
inherit()
{
	: >"$lab/log"
	perl -MSocket -e '
		$^F = 10;
		socket(S, PF_INET, SOCK_STREAM, 0) or die;
		setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);
		bind(S, sockaddr_in(shift, inet_aton("127.0.0.1"))) or die;
		listen(S, 16) or die;
		die unless fileno(S) == 3;
		$ENV{LISTEN_PID} = $$;
		$ENV{LISTEN_FDS} = 1;
		exec @ARGV' "$port" "$smdpd" -f "$conf" 2>>"$lab/log" \
	    3<&- &
	lab_pid=$!
	lab_wait_ready 1
}
if command -v perl >/dev/null; then
	# A port that cannot be had: it is not asked for.
	sed -i 's/^listen-es9.*/listen-es9 192.0.2.1:1/' "$conf"
	ok "starts on a socket it was given" inherit
	ok "profiles" lab_profiles 1
	ok "order" order --type consumer
	ok "serves on it" card "$(cards | head -1)" download "$code"
	ok "the daemon ends" lab_stop
	sed -i "s/^listen-es9.*/listen-es9 127.0.0.1:$port/" "$conf"
else
	skip "starts on a socket it was given" "no perl"
fi

# A signing key that is not its certificate's.
cp "$lab/pki/dp/lab-p256/pb.key" "$lab/pki/dp/lab-p256/auth.key"
not_ok "-t finds a key that is not its certificate's" \
    "$smdpd" -t -f "$conf"
has "it names the file" 'auth\.key' "$tmp/err"
exits 1 "and it does not start" "$smdpd" -f "$conf"
done_testing
