#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# smdp-load: a lab whose name no resolver knows, and what it refuses.
. "${TOP_SRCDIR:=.}/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

loaded()
{
	SMDP_LAB=$lab "$smdp_load" "$@"
}

lab=$tmp/lab
lab_port
ok 'a lab with a name of nowhere' "$smdpctl" init --dir "$lab" \
    --address smdp.invalid --listen "0.0.0.0:$port"
refused 1 'not running' 'no daemon' loaded -n 4
ok 'the daemon' lab_start
ok 'ten downloads' loaded -c 2 -n 10 --json
has 'all of them' '"downloads": ?10, "failed": ?0,'
has 'with a ratio' '"ratio": ?[0-9]*[1-9]'
ok 'brainpool, a connection each call' loaded -c 2 -n 4 --reconnect \
    --curve bp256
has 'told as text' '^downloads +4 in .*, 0 failed'
refused 3 'No such file' 'no such lab' "$smdp_load" -d "$tmp/nolab"
refused 2 'SMDP_LAB' 'which lab?' env -u SMDP_LAB "$smdp_load"
refused 2 '1 to 1000 ' 'no clients' loaded -c 0
refused 2 'p256' 'no such curve' loaded --curve p521
refused 2 'no option' 'a word too many' loaded here
ok 'the daemon ends' lab_stop
done_testing
