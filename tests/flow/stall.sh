#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Clients that stop in the middle of a handshake cost nothing but a descriptor,
# and others are served beside them.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v bash >/dev/null || skip_all "no bash (for /dev/tcp)"
ok "lab" lab_init
ok "daemon" lab_start
ok "profile" lab_profiles 1
ok "order" order --type consumer

# A TLS record header that promises 512 octets, and half of a greeting.
bash -c '
	for i in $(seq 20); do
		exec {fd}<>/dev/tcp/127.0.0.1/'"$port"'
		printf "\026\003\001\002\000\001\000\001\374\003\003" >&$fd
	done
	echo ready
	sleep 6' >"$tmp/stalled" 2>&1 &
stalled=$!
at_exit "kill $stalled 2>/dev/null"
while ! grep -q ready "$tmp/stalled"; do
	kill -0 $stalled || break
	sleep 0.1
done

cpu()
{
	awk '{ print $14 + $15 }' "/proc/$(child worker)/stat"
}

ok "served beside them" card "$(cards | head -1)" download "$code"
before=$(cpu)
sleep 3
after=$(cpu)
# A spinning thread would use 300 ticks in this time.
ok "they use no processor time" test $((after - before)) -lt 30
ok "the daemon ends" lab_stop
done_testing
