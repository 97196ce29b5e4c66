#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A hundred generated profiles in one lab, all downloaded; what arrived is what
# the inventory holds.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "a hundred profiles" lab_profiles 100

download_all()
{
	n=0
	while [ $n -lt 100 ]; do
		eid=$(cards | sed -n "$((n % 2 + 1))p")
		rm -f "$lab/$eid.state"		# a card has room for 32
		order --type consumer &&
		    card "$eid" --save-upp "$tmp/upp.$n" download "$code" \
		    >/dev/null &&
		    ctl profile export "$iccid" --upp -o "$tmp/want" \
		    >/dev/null && cmp "$tmp/want" "$tmp/upp.$n" || return 1
		rm -f "$tmp/want"
		n=$((n + 1))
	done
}

ok "downloaded, each as it stands in the inventory" download_all
ok "list" ctl --json profile list
ok "all are installed" \
    test "$(grep -c '"state": *"installed"' "$tmp/out")" -eq 100
ok "no two packages are the same" test \
    "$(cksum "$tmp"/upp.* | awk '{print $1}' | sort -u | wc -l)" -eq 100
ok "the daemon ends" lab_stop
done_testing
