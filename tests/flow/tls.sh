#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# TLS towards LPAs, point by point (spec 01, section 6): versions, the two
# suites, who signs and with what, what is not asked for, the chain.  Names and
# refused files are in pki.sh, clients that stop in stall.sh.
. "${TOP_SRCDIR:=.}/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v openssl >/dev/null || skip_all "no openssl"
command -v curl >/dev/null || skip_all "no curl"

ok "lab" lab_init
pki=$lab/pki
ci=$pki/ci/lab-p256.crt
ok "daemon" lab_start

# client OPTION...: one handshake; what the client saw is in $tmp/out.  It has
# to find the chain good.
client()
{
	echo | timeout 20 openssl s_client -connect "127.0.0.1:$port" \
	    -CAfile "$ci" -verify_return_error "$@" 2>&1
}

# Versions and suites --------------------------------------------------------
ok "TLS 1.2" client -tls1_2
has "it is" '^ *Protocol *: TLSv1\.2$'
has "with the cheaper suite of the two" 'Cipher is ECDHE-ECDSA-AES128-GCM-SHA256'
ok "TLS 1.3" client -tls1_3
has "it is" '^New, TLSv1\.3,'
not_ok "TLS 1.1 is refused" client -tls1_1 -cipher 'ALL:@SECLEVEL=0'
for suite in ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES128-SHA256; do
	ok "a client that has only $suite" client -tls1_2 -cipher $suite
	has "it is" "Cipher is $suite\$"
done
not_ok "a suite without forward secrecy is refused" \
    client -tls1_2 -cipher AES128-GCM-SHA256
not_ok "SHA-1 is refused" client -tls1_2 -cipher ECDHE-ECDSA-AES128-SHA

# Keys and signatures --------------------------------------------------------
for v in tls1_2 tls1_3; do
	ok "$v: ECDSA with SHA-256, and nothing else" \
	    client -$v -sigalgs ECDSA+SHA256
	has "the digest" '^Peer signing digest: SHA256$'
	has "the signature" '^Peer signature type: ECDSA$'
	ok "$v: only P-256" client -$v -groups prime256v1
	has "the exchange" '^Server Temp Key: ECDH, prime256v1'
done

# What is not there ----------------------------------------------------------
ok "the messages of a handshake" client -tls1_2 -msg
has "are shown" 'Handshake .*ServerKeyExchange'
hasnt "no certificate is asked for" 'Handshake .*CertificateRequest'
hasnt "no ticket is given" 'Handshake .*NewSessionTicket'
ok "the same in TLS 1.3" client -tls1_3 -msg
has "are shown" 'Handshake .*CertificateVerify'
hasnt "no certificate is asked for" 'Handshake .*CertificateRequest'
hasnt "no ticket is given" 'Handshake .*NewSessionTicket'
for v in tls1_2 tls1_3; do
	ok "$v: a client that keeps its session" \
	    client -$v -sess_out "$tmp/session.$v"
	[ -e "$tmp/session.$v" ] || continue	# it was not given one
	ok "$v: and comes back" client -$v -sess_in "$tmp/session.$v"
	has "begins anew" '^New, TLSv1'
	hasnt "nothing is resumed" '^Reused, '
done

# A client that wants to shake hands again in the middle.
again()
{
	{ sleep 1; echo R; sleep 2; } | timeout 20 openssl s_client \
	    -connect "127.0.0.1:$port" -CAfile "$ci" -tls1_2 -msg 2>&1
}
ok "a client that renegotiates" again
has "it was asked for" '^RENEGOTIATING$'
has "secure renegotiation is known" 'Secure Renegotiation IS supported'
has "the connection is ended" '<<< .*Alert .*(close_notify|no_renegotiation)'
ok "there was one handshake" test \
    "$(grep -c '<<< .*Handshake .*ServerHello$' "$tmp/out")" -eq 1

# Chains ---------------------------------------------------------------------
sent()
{
	grep -c 'BEGIN CERTIFICATE' "$tmp/out"
}

ok "one certificate" client -showcerts
ok "is sent alone" test "$(sent)" -eq 1

# under NAME SUBJECT-CA HOST: a sub-CA of the lab's CI, and a leaf under it.
under()
{
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	    -subj '/CN=sub-CA' -keyout "$tmp/sub.key" -out "$tmp/sub.csr" &&
	printf '%s\n' basicConstraints=critical,CA:TRUE,pathlen:0 \
	    keyUsage=critical,keyCertSign,cRLSign >"$tmp/sub.ext" &&
	openssl x509 -req -in "$tmp/sub.csr" -CA "$ci" \
	    -CAkey "$pki/ci/lab-p256.key" -days 2 -set_serial 77 \
	    -extfile "$tmp/sub.ext" -out "$tmp/sub.crt" &&
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	    -subj "/CN=$2" -keyout "$pki/tls/$1.key" -out "$tmp/leaf.csr" &&
	printf '%s\n' "subjectAltName=DNS:$2" \
	    keyUsage=critical,digitalSignature \
	    extendedKeyUsage=serverAuth,clientAuth >"$tmp/leaf.ext" &&
	openssl x509 -req -in "$tmp/leaf.csr" -CA "$tmp/sub.crt" \
	    -CAkey "$tmp/sub.key" -days 2 -set_serial 78 \
	    -extfile "$tmp/leaf.ext" -out "$tmp/leaf.crt" &&
	cat "$tmp/leaf.crt" "$tmp/sub.crt" >"$pki/tls/$1.crt"
}
reload()
{
	reload_n=$(grep -c '^ready' "$lab/log")
	kill -HUP "$lab_pid"
	lab_wait_ready $((reload_n + 1)) &&
	    ! grep 'reload-refused' "$lab/log"
}

ok "a certificate under a sub-CA" under zsub sub.example.com
ok "one under the other CI" "$smdp_pki" tls new "$pki" zbrain \
    --ci lab-bp256 --host brain.example.com
ok "reload" reload
for v in tls1_2 tls1_3; do
	ok "$v: the chain is good" client -$v -showcerts \
	    -servername sub.example.com -verify_hostname sub.example.com
	ok "leaf and sub-CA are sent, and no root" test "$(sent)" -eq 2
done
ci=$pki/ci/lab-bp256.crt
for v in tls1_2 tls1_3; do
	ok "$v: a key on P-256, signed by a CI on brainpoolP256r1" \
	    client -$v -servername brain.example.com \
	    -verify_hostname brain.example.com
	has "the key" 'prime256v1|^Server public key is 256 bit'
done
ci=$pki/ci/lab-p256.crt

# Another certificate while a request arrives --------------------------------
fingerprint()
{
	openssl s_client -connect "127.0.0.1:$port" </dev/null 2>/dev/null |
	    openssl x509 -noout -fingerprint -sha256
}

# A request whose body comes in two parts, a reload between them.
slowly()
{
	{ printf '{"euiccChallenge":'; touch "$tmp/half"; sleep 1.5
	    printf '"x"}'; } | curl -sS --cacert "$ci" -m 20 -X POST -T - \
	    -H 'Content-Type: application/json' -H 'Expect:' \
	    "https://$address/gsma/rsp2/es9plus/initiateAuthentication" \
	    >"$tmp/slow" 2>&1
}
before=$(fingerprint)
ok "a new certificate" "$smdp_pki" tls renew "$pki" localhost
rm -f "$tmp/half"
slowly &
slow=$!
for i in $(seq 100); do
	[ ! -e "$tmp/half" ] || break
	sleep 0.1
done
sleep 0.3
ok "reload" reload
wait $slow
has "the request is answered" '"status": ?"Failed"' "$tmp/slow"
after=$(fingerprint)
ok "the new one is shown" test -n "$after" -a "$after" != "$before"
ok "the daemon ends" lab_stop
done_testing
