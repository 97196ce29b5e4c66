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

# vec FILE [PATTERN]: values of tests/vec/FILE as seeds.
vec()
{
	"$built/mkseeds" "$1" "$dir/seeds" ${2:+"$2"}
}

# head HEX FILE PATTERN: the same, behind these bytes.
head()
{
	"$built/mkseeds" -x "$1" "$2" "$dir/seeds" "$3"
}

# seeds NAME: what tests/vec has for the fuzzer of that name.
seeds()
{
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
	saip)
		"$built/mksaip" "$dir/seeds/template" ;;
	unbsp)		# a whole package; segments
		head 00 asn1/bpp.txt '*' &&
		head 01 certs_session '*.seg.*.plain' ;;
	*)
		[ ! -e "$TOP_SRCDIR/tests/vec/fuzz/$1.txt" ] ||
		vec "fuzz/$1.txt" ;;
	esac
}

# shellcheck disable=SC2086
set -- $fuzzers
echo "1..$#"
n=0
failed=0
for f; do
	n=$((n + 1))
	rm -rf "$dir/seeds" "$dir/found"
	mkdir "$dir/seeds" "$dir/found"
	if seeds "${f#fuzz_}" >"$dir/log" 2>&1 &&
	    "$built/$f" -max_total_time="$seconds" -timeout=10 \
	    -rss_limit_mb=1024 -artifact_prefix="$built/$f." \
	    "$dir/found" "$dir/seeds" >"$dir/log" 2>&1; then
		echo "ok $n - $f" "$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' \
		    "$dir/log")" runs
	else
		failed=1
		tail -n 30 "$dir/log" | sed 's/^/# /'
		echo "not ok $n - $f"
	fi
done
exit $failed
