#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whatever is sent to ES9+, there is a defined answer and the server goes on.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v curl >/dev/null || skip_all "no curl"
ok "lab" lab_init
ok "daemon" lab_start
ok "profile" lab_profiles 1
ok "order" order --type consumer

functions='initiateAuthentication authenticateClient getBoundProfilePackage
handleNotification cancelSession'
base=https://$address/gsma/rsp2/es9plus

# status PATH [CURL OPTIONS...]: the HTTP status; the body is in $tmp/body.
status()
{
	path=$1
	shift
	curl -s --cacert "$lab/pki/ci/lab-p256.crt" -m 20 -o "$tmp/body" \
	    -w '%{http_code}' "$@" "$path" 2>"$tmp/curl.err"
}

json='Content-Type: application/json'
post()
{
	status "$base/$1" -H "$json" --data-binary "$2"
}

is()
{
	want=$1
	name=$2
	shift 2
	got=$("$@")
	ok "$name: $want" test "$got" = "$want"
}

failed()
{
	grep -q '"status":"Failed"' "$tmp/body" &&
	    grep -q "\"subjectCode\":\"$1\",\"reasonCode\":\"$2\"" "$tmp/body"
}

is 404 "no such path" status "https://$address/"
is 404 "no such function" post nothing '{}'
for f in $functions; do
	is 405 "$f: GET" status "$base/$f"
	is 405 "$f: PUT" status "$base/$f" -X PUT -H "$json" -d '{}'
	is 415 "$f: text" status "$base/$f" -H 'Content-Type: text/plain' \
	    -d '{}'
	is 415 "$f: no type" status "$base/$f" -H 'Content-Type:' -d '{}'
done

head -c 70000 /dev/zero | tr '\0' ' ' >"$tmp/large"
is 413 "a large body" post initiateAuthentication "@$tmp/large"
is 413 "a large body in chunks" status "$base/initiateAuthentication" \
    -H "$json" -H 'Transfer-Encoding: chunked' --data-binary "@$tmp/large"

deep=$(head -c 20000 /dev/zero | tr '\0' '[')
for f in initiateAuthentication authenticateClient getBoundProfilePackage \
    cancelSession; do
	for body in '' ' ' 'x' '[]' '"a"' '{' '{"a":1' 'null' "$deep" \
	    '{"transactionId":1}' '{"transactionId":"0"}' \
	    '{"euiccChallenge":"!"}'; do
		got=$(post $f "$body")
		if [ "$got" = 200 ]; then
			failed 1.6 2.1 || failed 1.6 2.2
		else
			false
		fi
		ok "$f: $(printf %.20s "$body")" test $? -eq 0
	done
	is 200 "$f: empty object" post $f '{}'
	ok "$f: a member is missing" failed 1.6 2.2
done
for body in '' 'x' '{}' '{"pendingNotification":"AAAA"}' \
    '{"pendingNotification":"vzcA"}' '{"pendingNotification":5}'; do
	is 400 "handleNotification: $body" post handleNotification "$body"
done

tid=00112233445566778899AABBCCDDEEFF
is 200 "unknown session" post authenticateClient \
    "{\"transactionId\":\"$tid\",\"authenticateServerResponse\":\"vzgA\"}"
ok "is unknown" failed 8.10.1 3.9
is 200 "unknown session" post getBoundProfilePackage \
    "{\"transactionId\":\"$tid\",\"prepareDownloadResponse\":\"vyEA\"}"
ok "is unknown" failed 8.10.1 3.9
is 200 "unknown session" post cancelSession \
    "{\"transactionId\":\"$tid\",\"cancelSessionResponse\":\"v0EDgQEF\"}"
ok "is unknown" failed 8.10.1 3.9

# Random octets in every field.
n=0
while [ $n -lt 40 ]; do
	r=$(head -c $((n * 7 + 1)) /dev/urandom | base64 -w0)
	got=$(post initiateAuthentication "{\"euiccChallenge\":\"\
AAECAwQFBgcICQoLDA0ODw==\",\"euiccInfo1\":\"$r\",\"smdpAddress\":\
\"$address\"}")
	[ "$got" = 200 ] && failed 1.6 2.1 || break
	n=$((n + 1))
done
ok "random octets are no euiccInfo1" test $n -eq 40

ok "nothing has changed" test "$(profile_state "$iccid")" = released
ok "the server still works" card "$(cards | head -1)" download "$code"
hasnt "no child has died" 'died' "$lab/log"
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
