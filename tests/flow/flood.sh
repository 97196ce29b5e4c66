#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Thousands of sessions that nobody goes on with, and of notifications that no
# card has signed: they go again faster than they can come.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v curl >/dev/null || skip_all "no curl"
command -v openssl >/dev/null || skip_all "no openssl (for the CI's key id)"
n=3000
ok "lab" lab_init
echo "session-timeout 2s" >>"$lab/smdpd.conf"
ok "daemon" lab_start
ok "profile" lab_profiles 1
ok "order" order --type consumer

# EUICCInfo1 of a card that trusts our CI.
ski=$(openssl x509 -in "$lab/pki/ci/lab-p256.crt" -noout \
    -ext subjectKeyIdentifier | sed -n 's/[ :]//g;2p')
info=BF20358203020202A9160414${ski}AA160414$ski
info=$(for octet in $(echo "$info" | sed 's/../0x& /g'); do
	printf "\\$(printf %03o "$octet")"
done | base64 -w 0)
printf '{"euiccChallenge":"AAAAAAAAAAAAAAAAAAAAAA==","smdpAddress":"%s",%s}' \
    "$address" "\"euiccInfo1\":\"$info\"" >"$tmp/begin"

# n requests over one connection.
flood()
{
	curl -s --cacert "$lab/pki/ci/lab-p256.crt" -m 120 \
	    -H 'Content-Type: application/json' --data-binary "@$2" \
	    "https://$address/gsma/rsp2/es9plus/$1?[1-$n]" >"$tmp/flood"
}

open_sessions()
{
	ctl --json status >"$tmp/status" && field open_sessions \
	    "$tmp/status"
}

ok "sessions are begun" flood initiateAuthentication "$tmp/begin"
ok "every one of them" test "$(grep -o serverSigned1 "$tmp/flood" |
    wc -l)" -eq $n
ok "of which nothing is left" test "$(open_sessions)" -eq 0
ok "a card is served" card "$(cards | head -1)" download "$code"
ok "the daemon ends" lab_stop
done_testing
