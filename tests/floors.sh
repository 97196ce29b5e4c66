#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The house rules of ARCHITECTURE.md, by grep over the source tree.  A rule is
# a function that is given the top of a tree and prints what breaks it.  Each
# one is run twice: over our tree, where it has to be silent, and over a made-up
# tree with one bad file, where it has to speak.
. "${TOP_SRCDIR:=.}/tests/lib.sh"

# sources TOP FOLDER...: C files and headers that people write.
sources()
{
	(
		cd "$1" && shift || exit 1
		for d; do
			[ ! -e "$d" ] || find "$d" -path asn1/gen -prune -o \
			    -type f -name '*.[ch]' -print
		done | sort
	)
}

# grep_in TOP REGEX FILE...: offending lines, `file:line: text'.
grep_in()
{
	(
		cd "$1" && regex=$2 && shift 2 && [ $# -gt 0 ] || exit 0
		grep -nHE -e "$regex" -- "$@"
	)
}

# includes TOP REGEX FOLDER...: includes whose name fits the regex.
includes()
{
	inc_top=$1
	inc_regex=$2
	shift 2
	# The names have no blanks: they are ours.
	grep_in "$inc_top" "^[ 	]*#[ 	]*include[ 	]*[<\"]($inc_regex)" \
	    $(sources "$inc_top" "$@")
}

openssl_only_in_certs()
{
	includes "$1" 'openssl/' base asn1 db server tools
}

microhttpd_only_in_http()
{
	includes "$1" 'microhttpd' base asn1 certs db tools server |
	    grep -v '^server/http/'
}

sqlite_only_in_db()
{
	grep_in "$1" 'sqlite3[._]' \
	    $(sources "$1" base asn1 certs server tools)
	grep_in "$1" '"[ (]*(SELECT|INSERT (OR [A-Z]+ )?INTO|UPDATE|DELETE FROM|CREATE (TABLE|INDEX|UNIQUE)|ALTER TABLE|DROP TABLE|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|WITH|FROM|WHERE|VALUES|RETURNING|ORDER BY)( |")' \
	    $(sources "$1" base asn1 certs server tools)
}

# Headers of asn1/ that show generated ones stay inside.
asn1c_stays_in_asn1()
{
	gen='asn1/gen/|asn_|constr_|(OCTET|BIT|UTF8|Visible|IA5)_?STRING|ber_|der_(en|de)coder|xer_|INTEGER\.h|ANY\.h|NULL\.h|BOOLEAN\.h'
	inner=$(cd "$1" && grep -lE "^#include [<\"]($gen)" asn1/*.h \
	    2>/dev/null | tr '\n' '|')
	includes "$1" "$gen|${inner:-none|}none" base certs db server tools tests
}

# Every quoted include is a file of the tree, so none is a generated one.
includes_exist()
{
	sources "$1" base asn1 certs db server tools tests |
	while read -r f; do
		case $f in asn1/*) continue ;; esac
		sed -n 's/^#[ 	]*include[ 	]*"\(.*\)".*/\1/p' "$1/$f" |
		while read -r h; do
			[ "$h" = config.h ] || [ -f "$1/$h" ] ||
			    echo "$f: \"$h\" is not in the tree"
		done
	done
}

base_is_the_ground()
{
	includes "$1" '(asn1|certs|db|server|tools|tests)/' base
}

middle_floor_is_apart()
{
	includes "$1" '(certs|db|server|tools|tests)/' asn1
	includes "$1" '(asn1|db|server|tools|tests)/' certs
	includes "$1" '(asn1|certs|server|tools|tests)/' db
}

arrows_go_down()
{
	includes "$1" '(tools|tests)/' server
	includes "$1" 'tests/' tools
}

rsp_has_no_world()
{
	rsp=$(sources "$1" server/rsp)
	grep_in "$1" '(^|[^A-Za-z0-9_])(time|clock|clock_gettime|gettimeofday|socket|socketpair|bind|listen|accept4?|connect|recv(from|msg)?|send(to|msg)?)\(' $rsp
	grep_in "$1" '(clock|rnd)_system|(sys/socket|netdb|microhttpd|curl/curl)\.h' $rsp
	# Variables of a file, and static ones of a function.
	grep_in "$1" '^[a-z_][A-Za-z0-9_ 	*]*[ 	*][A-Za-z0-9_]+(\[[^]]*\])*[ 	]*(=|;)|^[ 	]+static ' \
	    $rsp | grep -vE ':[0-9]+:(typedef |[ 	]*(static )?const |[ 	]*static [a-z_ ]*const |(struct|enum|union) [a-z0-9_]+;)'
}

# Everything that is reached from the virtual eUICC through our headers.
vuicc_reaches()
{
	todo=$(sources "$1" tools | grep -E '^tools/(vuicc|unbsp)')
	seen=
	while [ -n "$todo" ]; do
		next=
		for f in $todo; do
			case " $seen " in *" $f "*) continue ;; esac
			seen="$seen $f"
			[ -f "$1/$f" ] || continue
			next="$next $(sed -n \
			    's/^#[ 	]*include[ 	]*"\(.*\)".*/\1/p' "$1/$f")"
		done
		todo=$(echo $next)
	done
	echo $seen | tr ' ' '\n'
}

vuicc_is_a_peer()
{
	vuicc_reaches "$1" | grep -vE '^((base|asn1|certs|tools)/|config\.h|$)'
}

no_long_file()
{
	(cd "$1" && for f in $(sources . base asn1 certs db server tools tests)
	do
		awk 'END { if (NR > 500) print FILENAME ": " NR " lines" }' "$f"
	done)
}

no_long_function()
{
	(cd "$1" && for f in $(sources . base asn1 certs db server tools tests)
	do
		awk '/^\{/ { at = NR }
		    /^\}/ && at && NR - at + 1 > 80 {
			print FILENAME ":" at ": function of " NR - at + 1 \
			    " lines" }
		    /^\}/ { at = 0 }' "$f"
	done)
}

# All text that people wrote: no generated file, no data.
written()
{
	(
		cd "$1" && for d in base asn1 certs db server tools tests man \
		    .ci Makefile.am configure.ac autogen.sh; do
			[ ! -e "$d" ] || find "$d" -path asn1/gen -prune -o \
			    -path tests/vec -prune -o -type f \( \
			    -name '*.[ch158]' -o -name '*.sh' -o \
			    -name '*.asn1' -o -name '*.inc' -o -name '*.am' -o \
			    -name '*.ac' -o -name '*.in' -o -name '*.sql' -o \
			    -name '*.def' -o -name 'smdpd.s*' -o \
			    -name quickstart -o -name runtests -o -name run -o \
			    -name packages \) -print
		done | grep -vE '(Makefile|config\.h)\.in$|^db/migrations\.c$' |
		    sort
	)
}

spdx_everywhere()
{
	written "$1" | while read -r f; do
		sed 3q "$1/$f" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
		    echo "$f: no SPDX line at its head"
	done
}

no_loose_ends()
{
	# Written apart, so that this file does not name them itself.
	words="TO""DO|FIX""ME|XX""X|HA""CK|[Ss]tu""bs?|not imple""mented"
	(cd "$1" && for f in $(written .); do
		grep -nHwE -e "$words" "$f"
	done)
}

# The code that ARCHITECTURE.md shows is that of the tree, line by line.
quotes_are_true()
{
	(
		cd "$1" && sed -n '/^```c$/,/^```$/{/^```/d;/./p;}' \
		    ARCHITECTURE.md >"$tmp/quoted"
		cat db/*.c server/*/*.c 2>/dev/null >"$tmp/code"
		grep -vxF -f "$tmp/code" "$tmp/quoted"
	)
}

no_paths_of_a_machine()
{
	(cd "$1" && for f in $(written .); do
		grep -nHE -e '(^|[^A-Za-z0-9_.$}])/(work|home|root|Users)/' "$f"
	done)
}

# rule NAME FUNCTION PATH TEXT: silent on our tree; speaks on a tree in which
# PATH holds TEXT.
rule()
{
	bad="$tmp/bad/$2"
	mkdir -p "$bad" "$(dirname "$bad/$3")"
	printf '%b' "$4" >"$bad/$3"
	"$2" "$TOP_SRCDIR" >"$tmp/out" 2>"$tmp/err"
	[ ! -s "$tmp/out" ] && [ ! -s "$tmp/err" ]
	tap_case $? "$1"
	"$2" "$bad" >"$tmp/out" 2>"$tmp/err"
	[ -s "$tmp/out" ] && [ ! -s "$tmp/err" ]
	tap_case $? "$1: a breach is seen"
}

long()
{
	awk -v n="$1" 'BEGIN { while (n-- > 0) printf "\\tx();\\n" }'
}

rule 'OpenSSL only in certs/' openssl_only_in_certs \
    server/rsp/a.c '#include <openssl/evp.h>\n'
rule 'libmicrohttpd only in server/http/' microhttpd_only_in_http \
    server/a.c '#include <microhttpd.h>\n'
rule 'SQL only in db/' sqlite_only_in_db \
    server/admin/a.c '\tdb_get(db, "SELECT x FROM y");\n'
rule 'no asn1c type leaves asn1/' asn1c_stays_in_asn1 \
    tools/a.c '#include <OCTET_STRING.h>\n'
rule 'quoted includes are files of the tree' includes_exist \
    server/a.c '#include "asn1/GenType.h"\n'
rule 'base/ includes nothing from above' base_is_the_ground \
    base/a.c '#include "db/store.h"\n'
rule 'asn1/, certs/ and db/ do not know each other' middle_floor_is_apart \
    db/a.h '#include "certs/seal.h"\n'
rule 'server/ and tools/ include nothing from above' arrows_go_down \
    server/a.c '#include "tools/ctl.h"\n'
rule 'server/rsp/ has no globals, clock or sockets' rsp_has_no_world \
    server/rsp/a.c 'static int count;\n'
rule 'vuicc uses only asn1/, certs/ and base/' vuicc_is_a_peer \
    tools/vuicc_a.c '#include "server/ctx.h"\n'
rule 'no file over 500 lines' no_long_file base/a.c "$(long 501)"
rule 'no function over 80 lines' no_long_function \
    base/a.c "int\nf(void)\n{\n$(long 79)}\n"
rule 'an SPDX line in every source' spdx_everywhere base/a.c 'int x;\n'
rule 'no loose ends' no_loose_ends base/a.c "/* TO""DO */\n"
rule 'ARCHITECTURE.md quotes the code as it is' quotes_are_true \
    ARCHITECTURE.md '```c\n\tnot_there();\n```\n'
rule 'no path of a machine' no_paths_of_a_machine \
    tests/a.sh 'cd /ho''me/me/src\n'

# Breaches that hide: each has to be seen as well.
hidden()
{
	dir="$tmp/hidden"
	rm -rf "$dir"
	mkdir -p "$dir/${3%/*}"
	printf '%b' "$4" >"$dir/$3"
	"$2" "$dir" >"$tmp/out" 2>"$tmp/err"
	[ -s "$tmp/out" ] && [ ! -s "$tmp/err" ]
	tap_case $? "seen: $1"
}

inner_header()
{
	mkdir -p "$tmp/inner/asn1" "$tmp/inner/server"
	echo '#include <constr_SEQUENCE.h>' >"$tmp/inner/asn1/codec.h"
	echo '#include "asn1/codec.h"' >"$tmp/inner/server/a.c"
	asn1c_stays_in_asn1 "$tmp/inner" | grep -q '^server/a.c:1:'
}

ok 'seen: a header of asn1/ that shows generated ones' inner_header
hidden 'clock_gettime in rsp' rsp_has_no_world server/rsp/b.c \
    '\tif (clock_gettime(CLOCK_REALTIME, &ts) == 0)\n'
hidden 'time in rsp' rsp_has_no_world server/rsp/b.c '\tnow = time(NULL);\n'
hidden 'a socket in rsp' rsp_has_no_world server/rsp/b.c \
    '\tfd = socket(AF_UNIX, SOCK_STREAM, 0);\n'
hidden 'a static local in rsp' rsp_has_no_world server/rsp/b.c \
    '\tstatic unsigned n;\n'
hidden 'a global pointer in rsp' rsp_has_no_world server/rsp/b.c \
    'struct rsp *the_rsp = NULL;\n'
hidden 'a global array in rsp' rsp_has_no_world server/rsp/b.c \
    'static char scratch[100];\n'
hidden 'an SQL clause on its own line' sqlite_only_in_db tools/b.c \
    '\t    " WHERE id = $1"\n'
hidden 'the header of SQLite' sqlite_only_in_db tools/b.c \
    '#include <sqlite3.h>\n'
hidden 'an include with blanks' openssl_only_in_certs tools/b.h \
    '# include <openssl/evp.h>\n'

# What only looks like a breach is none.
innocent()
{
	dir="$tmp/innocent"
	rm -rf "$dir"
	mkdir -p "$dir/${3%/*}"
	printf '%b' "$4" >"$dir/$3"
	"$2" "$dir" >"$tmp/out" 2>"$tmp/err"
	[ ! -s "$tmp/out" ] && [ ! -s "$tmp/err" ]
	tap_case $? "not a breach: $1"
}

innocent 'constants, prototypes and a clock that is handed in' \
    rsp_has_no_world server/rsp/c.c 'struct rsp;
static const char *const names[] = { "a" };
static const struct step steps[] = {
\t{ 1, 2 },
};
static int rsp_now(struct rsp *r);

static int
rsp_now(struct rsp *r)
{
\tstatic const uint8_t tag[] = { 1 };
\tint64_t now = clock_now(r->clock);

\treturn rsp_time(now);
}
'
innocent 'a message that begins like SQL' sqlite_only_in_db server/c.c \
    '\twhy_set(w, DPE_IO, "BEGINNING of it");\n'
innocent 'a function of 80 lines' no_long_function base/c.c \
    "int\nf(void)\n{\n$(long 78)}\n"

done_testing
