#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh [SECONDS]: every fuzzer that is built, so long each, from the seeds of
# tests/vec.  TAP, one line a fuzzer.  An input that breaks one is kept in
# tests/fuzz/ of the build tree.
seconds=${1:-1}
here=$(cd "$(dirname "$0")" && pwd)
: "${TOP_SRCDIR:=$(dirname "$(dirname "$here")")}"
: "${TOP_BUILDDIR:=$PWD}"
export TOP_SRCDIR TOP_BUILDDIR
built=$TOP_BUILDDIR/tests/fuzz

fuzzers=
for f in "$built"/fuzz_*; do
	case $f in *.*) continue ;; esac
	[ -x "$f" ] && fuzzers="$fuzzers ${f##*/}"
done
if [ -z "$fuzzers" ]; then
	echo "1..0 # SKIP no fuzzers built (--enable-fuzzers)"
	exit 0
fi

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

zeros=$(printf '%040d' 0)

# vec FILE [PATTERN]: values of tests/vec/FILE as seeds.
vec()
{
	"$built/mkseeds" "$1" "$to" ${2:+"$2"}
}

# head HEX FILE PATTERN: the same, behind these bytes.
head()
{
	"$built/mkseeds" -x "$1" "$2" "$to" "$3"
}

# seeds NAME DIR: what tests/vec has for the fuzzer of that name.
seeds()
{
	to=$2
	case $1 in
	asn1_*)
		vec "asn1/${1#asn1_}.txt" &&
		vec asn1/odd.txt "${1#asn1_}:*" &&
		vec asn1/refuse.txt "${1#asn1_}:*" ;;
	cert)
		vec rsp.txt '*.crt' && vec certs_pki '*.cert' &&
		vec certs_chain ;;
	crl)
		vec rsp.txt '*.crl.*' && vec certs_pki '*.crl.*' ;;
	pe | vuicc_contents)
		vec asn1/pe.txt && vec asn1/refuse.txt 'pe:*' ;;
	saip | show | lint)
		"$built/mksaip" "$to/template" ;;
	signer)		# number, role, ci
		head 000000000000000000000000$zeros certs_session \
		    '*.server1.tbs' &&
		head 000000000000000001000000$zeros certs_session \
		    '*.smdp.tbs' ;;
	unbsp)		# a whole package; segments
		head 00 asn1/bpp.txt '*' &&
		head 01 certs_session '*.seg.*.plain' ;;
	*)
		[ ! -e "$TOP_SRCDIR/tests/vec/fuzz/$1.txt" ] ||
		vec "fuzz/$1.txt" ;;
	esac
}

# run N NAME: one fuzzer, in a folder of its own; its verdict in $dir/N.tap.
run()
{
	at=$dir/$1
	mkdir -p "$at/seeds" "$at/found"
	if seeds "${2#fuzz_}" "$at/seeds" >"$at/log" 2>&1 &&
	    "$built/$2" -max_total_time="$seconds" -timeout=10 \
	    -rss_limit_mb=1024 -artifact_prefix="$built/$2." \
	    "$at/found" "$at/seeds" >"$at/log" 2>&1; then
		echo "ok $1 - $2" "$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' \
		    "$at/log")" runs >"$dir/$1.tap"
	else
		tail -n 30 "$at/log" | sed 's/^/# /' >"$dir/$1.tap"
		echo "not ok $1 - $2" >>"$dir/$1.tap"
	fi
	rm -rf "$at"
}

# Two at a time for each processor, told in order.
jobs=$(($(nproc 2>/dev/null || echo 1) * 2))
# shellcheck disable=SC2086
set -- $fuzzers
echo "1..$#"
told=0
n=0
for f; do
	n=$((n + 1))
	run $n "$f" &
	[ $((n % jobs)) -eq 0 ] || [ $n -eq $# ] || continue
	wait
	while [ $told -lt $n ]; do
		told=$((told + 1))
		cat "$dir/$told.tap"
	done
done
! cat "$dir"/*.tap | grep -q '^not ok'
