# SPDX-License-Identifier: Apache-2.0
# TAP for shell tests.  Source it first:   . "$TOP_SRCDIR/tests/lib.sh"
# then one line a case, and done_testing as the last line.  No plan is needed.
#
#   ok NAME COMMAND...             the command ends with 0
#   not_ok NAME COMMAND...         it ends with something else (not by a signal)
#   exits STATUS NAME COMMAND...   it ends with exactly this status
#   refused STATUS REGEX NAME COMMAND...
#                                  the same, nothing on standard output, and one
#                                  line on standard error that fits the ERE
#   has NAME REGEX [FILE]          a line of FILE (standard output of the last
#                                  command if none is named) fits the ERE
#   hasnt NAME REGEX [FILE]        no line does
#   skip NAME REASON...            counted as skipped
#   skip_all REASON...             the whole file, before its first case
#   done_testing                   prints the plan, ends with 1 if a case failed
#
# $tmp is a directory of this test's own, removed at the end.  $tmp/out and
# $tmp/err hold what the last command wrote.  at_exit COMMAND is run before
# that directory goes (to end a daemon, say).

LC_ALL=C
export LC_ALL
: "${TOP_SRCDIR:=.}" "${TOP_BUILDDIR:=.}"
tmp=$(mktemp -d "${TMPDIR:-/tmp}/smdp-test.XXXXXX") || exit 99
: >"$tmp/out"
: >"$tmp/err"
tap_n=0
tap_failed=0
tap_exit=

at_exit()
{
	tap_exit="$*; $tap_exit"
}

tap_end()
{
	eval "$tap_exit"
	rm -rf "$tmp"
}
trap tap_end EXIT
trap 'exit 130' INT TERM HUP

# tap_case VERDICT NAME: 0 is good; otherwise say what was written.
tap_case()
{
	tap_n=$((tap_n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_n - $2"
		return 0
	fi
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_n - $2"
	[ -z "$3" ] || echo "# $3"
	sed 's/^/# out: /;20q' "$tmp/out"
	sed 's/^/# err: /;20q' "$tmp/err"
	return 1
}

tap_run()
{
	"$@" >"$tmp/out" 2>"$tmp/err"
	tap_status=$?
}

ok()
{
	tap_name=$1
	shift
	tap_run "$@"
	tap_case "$tap_status" "$tap_name" "status $tap_status: $*"
}

not_ok()
{
	tap_name=$1
	shift
	tap_run "$@"
	[ "$tap_status" -ne 0 ] && [ "$tap_status" -lt 126 ]
	tap_case $? "$tap_name" "status $tap_status: $*"
}

exits()
{
	tap_want=$1
	tap_name=$2
	shift 2
	tap_run "$@"
	[ "$tap_status" -eq "$tap_want" ]
	tap_case $? "$tap_name" "status $tap_status, not $tap_want: $*"
}

refused()
{
	tap_want=$1
	tap_regex=$2
	tap_name=$3
	shift 3
	tap_run "$@"
	[ "$tap_status" -eq "$tap_want" ] && [ ! -s "$tmp/out" ] &&
	    [ "$(wc -l <"$tmp/err")" -eq 1 ] &&
	    grep -Eq -e "$tap_regex" "$tmp/err"
	tap_case $? "$tap_name" \
	    "status $tap_status, not $tap_want with \`$tap_regex': $*"
}

has()
{
	grep -Eq -e "$2" "${3:-$tmp/out}"
	tap_case $? "$1" "no line \`$2' in ${3:-standard output}"
}

hasnt()
{
	! grep -Eq -e "$2" "${3:-$tmp/out}"
	tap_case $? "$1" "a line \`$2' in ${3:-standard output}"
}

skip()
{
	tap_n=$((tap_n + 1))
	tap_name=$1
	shift
	echo "ok $tap_n - $tap_name # SKIP $*"
}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

done_testing()
{
	echo "1..$tap_n"
	[ "$tap_failed" -eq 0 ]
	exit
}
