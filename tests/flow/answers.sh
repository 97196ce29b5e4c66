#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What an answer of ES9+ looks like: exactly the members of the standard (SGP.22
# 6.5.2), the protocol's version with every status, the largest body.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 4
eid=$(cards | sed -n 1p)
other=$(cards | sed -n 2p)

# Names of the outermost members of the JSON object in line N of the trace, in
# alphabetic order; what is inside them is taken away first.
members()
{
	sed -n "$1p" "$tmp/trace" |
	    sed -e ':a' -e 's/\(.\){[^{}]*}/\10/; ta' |
	    grep -o '"[A-Za-z0-9]*":' | tr -d '":' | sort | tr '\n' ' ' |
	    sed 's/ $//'
}

# has_members N NAME MEMBER...
has_members()
{
	has_n=$1
	has_name=$2
	shift 2
	ok "$has_name: $*" test "$(members "$has_n")" = "$*"
}

trace()
{
	trace_eid=$1
	shift
	: >"$tmp/trace"
	card "$trace_eid" --trace "$tmp/trace" "$@"
}

initiate='euiccCiPKIdToBeUsed header serverCertificate serverSignature1
serverSigned1 transactionId'
authenticate='header profileMetadata smdpCertificate smdpSignature2 smdpSigned2
transactionId'
package='boundProfilePackage header transactionId'
success='^\{"functionExecutionStatus":\{"status":"Executed-Success"\}\}$'

# inside N: the header of line N.
inside()
{
	sed -n "$1p" "$tmp/trace" |
	    sed -E 's/.*"header":(\{"[^{}]*\{[^{}]*(\{[^{}]*\})?\}\}).*/\1/' \
	    >"$tmp/header"
}

for binding in '' --cc=4711; do
	ok "order" order --type consumer ${binding:+--cc 4711}
	ok "download $binding" trace "$eid" $binding download "$code"
	ok "three answers have a body" \
	    test "$(wc -l <"$tmp/trace")" -eq 3
	has_members 1 "initiateAuthentication" $initiate
	has_members 2 "authenticateClient" $authenticate
	has_members 3 "getBoundProfilePackage" $package
	for n in 1 2 3; do
		inside $n
		has "header of answer $n" "$success" "$tmp/header"
	done
done

ok "order" order --type consumer --eid "$eid" --cc 4711
ok "cancel" trace "$eid" --cancel postponed@auth download "$code"
has_members 3 "cancelSession" header
inside 3
has "its header" "$success" "$tmp/header"

# refusal N NAME CODE: line N is the last, and a header with the code alone.
refusal()
{
	ok "$2 is the last answer" test "$(wc -l <"$tmp/trace")" -eq "$1"
	has_members "$1" "$2 refused" header
	inside "$1"
	has "$2: $3" "^\{\"functionExecutionStatus\":\{\"status\":\"Failed\",\
\"statusCodeData\":\{\"subjectCode\":\"${3%/*}\",\"reasonCode\":\"${3#*/}\"\
(,\"subjectIdentifier\":\"[^\"]*\")?(,\"message\":\"[^\"]*\")?\}\}\}$" \
	    "$tmp/header"
}
# about TEXT: the refusal names this as its subject; nothing: it names none.
about()
{
	sed -n 's/.*"subjectIdentifier":"\([^"]*\)".*/\1/p' "$tmp/header" \
	    >"$tmp/about"
	ok "it is about ${1:-nothing that has a name}" \
	    test "$(cat "$tmp/about")" = "$1"
}
exits 1 "refused" trace "$eid" --misbehave old-svn download "$code"
refusal 1 initiateAuthentication '8.8.3/3.1'
about 1.0.0
exits 1 "refused" trace "$other" download "$code"
refusal 2 authenticateClient '8.1.1/3.8'
about "$other"
exits 1 "refused" trace "$eid" download 'LPA:1$'"$address"'$NO-SUCH-ORDER'
refusal 2 authenticateClient '8.2.6/3.8'
about NO-SUCH-ORDER
exits 1 "refused" trace "$eid" download "$code"
refusal 3 getBoundProfilePackage '8.2.7/2.2'
about ''
exits 1 "refused" trace "$eid" --misbehave wrong-cancel-signature \
    --cancel endUserRejection@auth download "$code"
refusal 3 cancelSession '8.1/6.1'
refused 1 'trace.*:' "a trace that cannot be written" \
    card "$eid" --trace "$tmp/no/trace" download "$code"

if ! command -v curl >/dev/null; then
	skip "headers and bodies" "no curl"
	lab_stop
	done_testing
fi

base=https://$address/gsma/rsp2/es9plus
json='Content-Type: application/json'

# answered STATUS NAME URL [OPTION...]: this status, and the version with it.
answered()
{
	answered_want=$1
	answered_name=$2
	answered_url=$3
	shift 3
	ok "$answered_name" curl -s --cacert "$lab/pki/ci/lab-p256.crt" -m 20 \
	    -D "$tmp/head" -o "$tmp/body" -H 'Expect:' "$@" "$answered_url"
	has "$answered_name: $answered_want" "^HTTP/1.1 $answered_want " \
	    "$tmp/head"
	tr -d '\r' <"$tmp/head" | grep -i '^x-admin-protocol:' >"$tmp/version"
	has "$answered_name: X-Admin-Protocol" \
	    '^[Xx]-[Aa]dmin-[Pp]rotocol: gsma/rsp/v2\.5\.0$' "$tmp/version"
	ok "$answered_name: once" test "$(wc -l <"$tmp/version")" -eq 1
}

answered 200 "a failure" "$base/initiateAuthentication" -H "$json" -d '{}'
answered 400 "no notification" "$base/handleNotification" -H "$json" -d '{}'
# Text of the requester's comes back escaped, and only if it is plain.
info=$(printf '\277\040\011\202\003\002\002\002\251\000\252\000' | base64)
# sent ADDRESS: initiateAuthentication with this smdpAddress.
sent()
{
	printf '{"euiccChallenge":"AAAAAAAAAAAAAAAAAAAAAA==",%s%s}' \
	    "\"euiccInfo1\":\"$info\"," "\"smdpAddress\":\"$1\"" \
	    >"$tmp/sent"
}
sent 'a\"b\\c'
answered 200 "an odd address" "$base/initiateAuthentication" -H "$json" \
    --data-binary "@$tmp/sent"
has "is quoted" '"reasonCode":"3.8","subjectIdentifier":"a\\"b\\\\c","message"' \
    "$tmp/body"
sent 'a\u0007b'
answered 200 "a control character" "$base/initiateAuthentication" -H "$json" \
    --data-binary "@$tmp/sent"
has "is not repeated" '"reasonCode":"3.8","message"' "$tmp/body"
answered 200 "an unknown session" "$base/cancelSession" -H "$json" \
    -d '{"transactionId":"0a0b","cancelSessionResponse":"v0EA"}'
has "is named" '"subjectCode":"8.10.1","reasonCode":"3.9","subjectIdentifier":"0A0B"' \
    "$tmp/body"
answered 404 "no such path" "https://$address/none"
answered 405 "GET" "$base/initiateAuthentication"
answered 415 "text" "$base/initiateAuthentication" \
    -H 'Content-Type: text/plain' -d '{}'

# sized N: a JSON object of N octets.
sized()
{
	printf '{"a":"%*s"}' $(($1 - 8)) '' >"$tmp/sized"
	[ "$(wc -c <"$tmp/sized")" -eq "$1" ]
}
for how in '' 'Transfer-Encoding: chunked'; do
	ok "65536 octets" sized 65536
	answered 200 "the largest body${how:+, chunked}" \
	    "$base/initiateAuthentication" -H "$json" -H "${how:-X-None: 0}" \
	    --data-binary "@$tmp/sized"
	has "it was read" '"subjectCode":"1.6","reasonCode":"2.2"' "$tmp/body"
	ok "65537 octets" sized 65537
	answered 413 "a larger one${how:+, chunked}" \
	    "$base/initiateAuthentication" -H "$json" -H "${how:-X-None: 0}" \
	    --data-binary "@$tmp/sized"
done
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
