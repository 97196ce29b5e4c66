#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Many downloads: memory, descriptors and the WAL stay where the first tenth of
# them left these, nothing of a finished order is kept but its history, and the
# database grows by so many octets for each.
. "${TOP_SRCDIR:=.}/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v sqlite3 >/dev/null || skip_all "no sqlite3"
n=1000
[ -z "$SMDP_LONG" ] || n=10000
tenth=$((n / 10))
clients=8

ok 'lab' lab_init
echo 'session-timeout 2s' >>"$lab/smdpd.conf"
ok 'daemon' lab_start

# An inventory larger than any cache, so that these are as full as they get.
ok 'profiles' lab_profiles 20000

loaded()
{
	"$smdp_load" -d "$lab" -c $clients -n "$1" --json
}

ask()
{
	sqlite3 -cmd '.timeout 10000' "$lab/smdp.db" "$1"
}

# Sessions of finished orders go when their time is up.
settled()
{
	settled_i=0
	while [ "$(ask 'SELECT count(*) FROM sessions')" -gt 0 ]; do
		settled_i=$((settled_i + 1))
		[ $settled_i -lt 900 ] || return 1
		sleep 0.1
	done
}

rss()
{
	sed -n 's/^VmRSS:[ 	]*\([0-9]*\) kB/\1/p' "/proc/$1/status"
}

descriptors()
{
	ls "/proc/$1/fd" | wc -l
}

# look NAME: what there is now, as NAME_worker_kb ... NAME_octets.
look()
{
	for look_who in parent worker signer; do
		case $look_who in
		parent)	look_pid=$lab_pid ;;
		*)	look_pid=$(child $look_who) ;;
		esac
		eval "$1_${look_who}_kb=$(rss "$look_pid")"
		eval "$1_${look_who}_fds=$(descriptors "$look_pid")"
	done
	eval "$1_wal=$(stat -c %s "$lab/smdp.db-wal")"
	ask 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	eval "$1_octets=$(ask 'SELECT (page_count - freelist_count) *
	    page_size FROM pragma_page_count, pragma_freelist_count,
	    pragma_page_size')"
}

# within FROM TO MORE: TO is not above FROM by more than MORE.
within()
{
	[ "$2" -le $(($1 + $3)) ]
}

ok "$tenth downloads" loaded $tenth
has 'none failed' '"failed": ?0,'
ok 'their sessions go' settled
look first
ok "$((n - tenth)) more" loaded $((n - tenth))
has 'none failed' '"failed": ?0,'
ok 'no package is kept' test "$(ask 'SELECT count(*) FROM bpps')" -eq 0
ok 'their sessions go' settled
[ $n -lt 10000 ] || has 'a worker began anew' 'worker-begins-anew' "$lab/log"
look last

# The allocator keeps what the busiest moment has needed, and some scatter.  For
# each thread, and each connection is one, GnuTLS keeps a random number generator
# of some 230 octets until the process ends, which the worker does after so many.
life=$("$smdpd" -T -f "$lab/smdpd.conf" | sed -n 's/^worker-connections  *//p')
[ "$life" -lt $((n - tenth)) ] || life=$((n - tenth))
for who in parent worker signer; do
	more=2048
	[ $who != worker ] || more=$((more + life * 230 / 1024))
	eval "kb=\$first_${who}_kb to_kb=\$last_${who}_kb"
	eval "fds=\$first_${who}_fds to_fds=\$last_${who}_fds"
	if grep -aq __asan_init "$smdpd"; then
		skip "memory of the $who" "AddressSanitizer holds back" \
		    "what was freed"
	else
		ok "memory of the $who: $kb kB, $to_kb kB" \
		    within $kb $to_kb $more
	fi
	ok "descriptors of the $who: $fds, $to_fds" within $fds $to_fds 0
done
# It is begun anew at 1000 pages, and cut back to 8 MiB.
ok "the WAL: $first_wal, $last_wal octets" within 0 $last_wal 8388608
each=$(((last_octets - first_octets) / (n - tenth)))
ok "the database: $each octets a download" test $each -gt 0 -a $each -le 8192

echo "# figure soak: $n downloads by $clients clients, from the first tenth" \
    "to the end: worker $first_worker_kb to $last_worker_kb kB, signer" \
    "$first_signer_kb to $last_signer_kb kB, parent $first_parent_kb to" \
    "$last_parent_kb kB; descriptors $first_worker_fds to $last_worker_fds;" \
    "WAL $first_wal to $last_wal octets"
echo "# figure soak: the database grows by $each octets a download"
ok 'the daemon ends' lab_stop

# What grows with connections goes with the process.
echo 'worker-connections 100' >>"$lab/smdpd.conf"
ok 'daemon' lab_start
worker=$(child worker)
ok 'downloads, and workers that begin anew' loaded 2000
has 'none failed' '"failed": ?0,'
ok 'in the midst of them' test \
    "$(grep -c 'worker-begins-anew' "$lab/log")" -ge 2
ok 'another worker' test "$(child worker)" != "$worker"
has 'it says so' 'worker-begins-anew connections=[0-9]+' "$lab/log"
hasnt 'nothing is wrong' ' (warn|error) |drain-ended-early' "$lab/log"
ok 'the daemon ends' lab_stop
done_testing
