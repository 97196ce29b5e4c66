#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A reload drops no connection: the worker that was goes on with those it has,
# beside the one that serves new ones, and ends when the last is gone.  What
# comes between: more reloads, the end, a crash of either, a bad database.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v openssl >/dev/null || skip_all "no openssl"
many=200
[ -z "$SMDP_LONG" ] || many=500
ok "lab" lab_init
echo "max-connections $((many + 100))" >>"$lab/smdpd.conf"
ok "daemon" lab_start
ok "profiles" lab_profiles 3000
conf=$lab/smdpd.conf
eid=$(cards | sed -n 1p)

reload()
{
	reload_n=$(grep -c '^ready' "$lab/log")
	kill -HUP "$lab_pid"
	lab_wait_ready $((reload_n + 1))
}

# until_true COMMAND...: within ten seconds.
until_true()
{
	for until_i in $(seq 100); do
		"$@" && return 0
		sleep 0.1
	done
	return 1
}

# A connection that asks, rests until $tmp/NAME.go is opened, and asks again:
# one process of openssl is one TCP connection.  rests NAME [N [OPTION...]]
request()
{
	printf 'POST /gsma/rsp2/es9plus/initiateAuthentication HTTP/1.1\r\n'
	printf 'Host: %s\r\nContent-Type: application/json\r\n' "$address"
	printf 'Content-Length: 2\r\n\r\n{}'
}

rests()
{
	rests_name=$1 rests_n=${2:-1}
	shift; [ $# -eq 0 ] || shift
	mkfifo "$tmp/$rests_name.go"
	for rests_i in $(seq "$rests_n"); do
		{ request; read rests_x <"$tmp/$rests_name.go"; request; } |
		    openssl s_client -connect "127.0.0.1:$port" -quiet "$@" \
		    >"$tmp/$rests_name.$rests_i" 2>/dev/null &
	done
	until_true answered "$rests_name" "$rests_n" 1
}

# answered NAME N HOW_OFTEN: by so many connections, so often.
answered()
{
	[ "$(cat "$tmp/$1".[0-9]* | grep -o 'HTTP/1.1 200' | wc -l)" -eq \
	    $(($2 * $3)) ]
}

closing()
{
	[ "$(cat "$tmp/$1".[0-9]* | grep -ci '^Connection: close')" -eq "$2" ]
}

goes()
{
	: >"$tmp/$1.go"
}

no_draining()
{
	[ -z "$(child draining)" ]
}

children()
{
	wc -w <"/proc/$lab_pid/task/$lab_pid/children"
}

# One connection, both versions ----------------------------------------
for v in tls1_2 tls1_3; do
	ok "$v: a connection that rests" rests $v 1 -$v
	worker=$(child worker)
	ok "reload" reload
	ok "the worker that was is there" test "$(child draining)" = "$worker"
	ok "another one serves" test "$(child worker)" != "$worker"
	ok "four children" test "$(children)" -eq 4
	goes $v
	ok "it is answered" until_true answered $v 1 2
	ok "and told to close" closing $v 1
	ok "then the old worker ends" until_true no_draining
	ok "with its signer" until_true test "$(children)" -eq 2
done

# Half of a download, on the connection it began on ------------------------
# state_of PID: that of its TCP connection to the daemon, 01 is ESTABLISHED.
state_of()
{
	for state_fd in "/proc/$1/fd"/*; do
		state_ino=$(readlink "$state_fd" |
		    sed -n 's/^socket:\[\(.*\)\]$/\1/p')
		[ -z "$state_ino" ] || awk -v i="$state_ino" -v p="$(printf \
		    ':%04X$' "$port")" '$10 == i && $3 ~ p { print $2, $4 }' \
		    /proc/net/tcp
	done
}

for step in init auth bpp install; do
	ok "order" order --type consumer
	rm -f "$tmp/at"
	"$vuicc" --pki "$lab/pki" --eid "$eid" --state "$lab/$eid.state" \
	    --pause "$step=$tmp/at" download "$code" >"$tmp/paused" 2>&1 &
	pid=$!
	ok "a download waits after $step" until_true test -e "$tmp/at"
	tcp=$(state_of $pid)
	has_tcp=${tcp##* }
	ok "on a connection" test "$has_tcp" = 01
	ok "reload" reload
	ok "the connection is as it was" test "$(state_of $pid)" = "$tcp"
	rm "$tmp/at"
	ok "the download goes on" wait $pid
	ok "installed" test "$(profile_state "$iccid")" = installed
	ok "the old worker ends" until_true no_draining
done

# Many, and a certificate for those who come later -----------------------
fingerprint()
{
	openssl s_client -connect "127.0.0.1:$port" </dev/null 2>/dev/null |
	    openssl x509 -noout -fingerprint -sha256
}

before=$(fingerprint)
ok "$many connections that rest" rests many $many
ok "a new certificate" "$smdp_pki" tls renew "$lab/pki" localhost
ok "reload" reload
after=$(fingerprint)
ok "who comes now sees it" test -n "$after" -a "$after" != "$before"
has "all are there" "worker-drains connections=$many" "$lab/log"
goes many
ok "each is answered" until_true answered many $many 2
ok "and told to close" closing many $many
ok "then the old worker ends" until_true no_draining

# More reloads than old workers there may be -----------------------------
for i in 1 2 3 4; do
	ok "a connection rests" rests r$i
	ok "reload $i" reload
done
has "the oldest ends early" 'drain-ended-early' "$lab/log"
goes r2
goes r3
goes r4
ok "the second is answered" until_true answered r2 1 2
ok "the third is answered" until_true answered r3 1 2
ok "the last is answered" until_true answered r4 1 2
ok "the first was closed" answered r1 1 1
goes r1
ok "the old workers end" until_true no_draining
for i in 1 2 3 4 5 6; do
	kill -HUP "$lab_pid"
	sleep 0.05
done
ok "six reloads in a row" until_true no_draining
ok "the daemon is well" ctl status

# A crash of the old one, of its signer, of the new one ---------------------
signers()
{
	for signers_p in $(cat "/proc/$lab_pid/task/$lab_pid/children"); do
		grep -l '^smdpd-signer$' "/proc/$signers_p/comm"
	done | wc -l
}

ok "a connection rests" rests c1
ok "reload" reload
worker=$(child worker)
kill -9 "$(child draining)"
ok "the old worker was killed" until_true no_draining
ok "the new one is as it was" test "$(child worker)" = "$worker"
sleep 0.3
ok "one signer" test "$(signers)" -eq 1
hasnt "this is no restart" 'worker-died' "$lab/log"
goes c1

ok "a connection rests" rests c2
signer=$(child signer)
ok "reload" reload
kill -9 "$signer"
ok "without a signer the old worker ends" until_true no_draining
hasnt "this is no restart" 'signer-died' "$lab/log"
goes c2

ok "a connection rests" rests c3
ok "reload" reload
n=$(grep -c '^ready' "$lab/log")
kill -9 "$(child worker)"
ok "the new worker is started again" lab_wait_ready $((n + 1))
goes c3
ok "the old one does not mind" until_true answered c3 1 2
has "this is one" 'worker-died' "$lab/log"

# A database that cannot be had: all stays as it is -----------------------
failed()
{
	failed_n=$(grep -c 'reload-failed' "$lab/log")
	sed -i "s|^db .*|db sqlite:$1|" "$conf"
	kill -HUP "$lab_pid"
	until_true failed_more || return 1
	sed -i 's|^db .*|db sqlite:smdp.db|' "$conf"
}

failed_more()
{
	[ "$(grep -c 'reload-failed' "$lab/log")" -gt "$failed_n" ]
}

ok "a database setting" grep -q '^db sqlite:smdp.db' "$conf"
worker=$(child worker)
ok "no database" failed none.db
: >"$lab/bad.db"
echo "this is no database of anybody, and long enough to be told" \
    >"$lab/bad.db"
ok "a file that is none" failed bad.db
ok "one that is another daemon's" flock "$lab/other.db.lock" true
flock "$lab/other.db.lock" sleep 5 &
sleep 0.2
ok "which is in use" failed other.db
has "it says so" 'reload-failed reason="[^"]*other.db: in use' "$lab/log"
ok "the worker is the one that was" test "$(child worker)" = "$worker"
ok "and serves" rests b1
goes b1
ok "status" ctl status

# Under load: nothing fails ----------------------------------------
under_load()
{
	"$smdp_load" -d "$lab" -c 8 -n "$1" --json $2 >"$tmp/load" 2>&1 &
	load=$!
	loads=0
	while kill -0 $load 2>/dev/null; do
		reload || break
		loads=$((loads + 1))
	done
	wait $load
}
lines=$(wc -l <"$lab/log")
for how in '' --reconnect; do
	ok "downloads $how" under_load 1000 $how
	has "none failed" '"failed": ?0,' "$tmp/load"
	ok "$loads reloads" test "$loads" -ge 3
done
sed "1,${lines}d" "$lab/log" >"$tmp/rest"
hasnt "nothing is wrong" ' (warn|error) ' "$tmp/rest"

# The end, while one drains ----------------------------------------
ok "a connection rests" rests e1
ok "reload" reload
ok "another rests" rests e2
ok "one drains" test -n "$(child draining)"
began=$(date +%s)
ok "the daemon ends" lab_stop
ok "soon" test $(($(date +%s) - began)) -le 5
goes e1
goes e2
wait
done_testing
