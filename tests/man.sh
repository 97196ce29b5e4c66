#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Manual pages: every program has one, they are good mdoc, they refer to pages
# that exist, and smdpd.conf(5) knows the keywords that the server knows.
. "${TOP_SRCDIR:=.}/tests/lib.sh"

pages="$TOP_SRCDIR"/man/*.[158]

# Programs that `make install' puts somewhere.
programs()
{
	cat "$TOP_SRCDIR"/*/Makefile.inc |
	    sed -nE 's/^s?bin_PROGRAMS \+= *//p' | tr ' ' '\n' |
	    sed -n 's|.*/||p' | sort -u
}

has_page()
{
	[ -f "$TOP_SRCDIR/man/$1.1" ] || [ -f "$TOP_SRCDIR/man/$1.8" ]
}

# Other manuals of the system need not be installed here.
lint()
{
	mandoc -T lint "$1" 2>&1 |
	    grep -vE 'referenced manual not found|outdated mandoc.db' \
	    >"$tmp/lint"
	cat "$tmp/lint"
	[ ! -s "$tmp/lint" ]
}

# Our own pages by name; those of the system may not be here.
references()
{
	sed -nE 's/^\.Xr ([^ ]+) ([0-9]).*/\1.\2/p' "$1" | sort -u |
	while read -r ref; do
		case $ref in smdp* | vuicc*) ;; *) continue ;; esac
		[ -f "$TOP_SRCDIR/man/$ref" ] || echo "$ref"
	done >"$tmp/missing"
	cat "$tmp/missing"
	[ ! -s "$tmp/missing" ]
}

words_of_server()
{
	sed -nE 's/^	\{ "([a-z0-9-]+)", CONF_.*/\1/p' \
	    "$TOP_SRCDIR/server/settings.c" | sort -u
}

words_of_page()
{
	sed -nE 's/^\.(It )?Ic ([a-z0-9-]+)( .*)?$/\2/p' \
	    "$TOP_SRCDIR/man/smdpd.conf.5" | sort -u
}

same_words()
{
	words_of_server >"$tmp/server"
	words_of_page >"$tmp/page"
	[ -s "$tmp/server" ] && diff "$tmp/server" "$tmp/page"
}

for p in $(programs); do
	ok "$p has a page" has_page "$p"
done
for f in $pages; do
	n=${f##*/}
	ok "$n refers to pages that exist" references "$f"
	if command -v mandoc >/dev/null; then
		ok "$n is good mdoc" lint "$f"
	else
		skip "$n is good mdoc" "mandoc is not installed"
	fi
done
ok 'smdpd.conf(5) has the keywords of the server' same_words

# The checks can fail.
printf '.Dd\n.Dt X 1\n.Os\n.Sh NAME\n.Xr smdp-nosuch 8\n' >"$tmp/bad.1"
not_ok 'a page that refers to nothing is seen' references "$tmp/bad.1"
if command -v mandoc >/dev/null; then
	not_ok 'a bad page is seen' lint "$tmp/bad.1"
else
	skip 'a bad page is seen' "mandoc is not installed"
fi
not_ok 'a program without a page is seen' has_page nosuchprogram
done_testing
