#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `make install' puts where; and output that cannot be written.
. "${TOP_SRCDIR:=.}/tests/lib.sh"

# A make of its own: nothing of the one that runs this test.
install_to()
{
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES \
	    "${MAKE:-make}" -C "$TOP_BUILDDIR" install DESTDIR="$1"
}

# below PATH N: one installed file whose path ends so.
below()
{
	[ "$(find "$tmp/root" -type f -path "*/$1" | wc -l)" -eq 1 ]
}

full()
{
	"$@" >/dev/full
}

if [ ! -f "$TOP_BUILDDIR/Makefile" ]; then
	skip "install" "no Makefile in $TOP_BUILDDIR"
elif ! command -v "${MAKE:-make}" >/dev/null; then
	skip "install" "no make"
else
	ok "install" install_to "$tmp/root"
	for f in bin/smdpctl bin/smdp-pki bin/smdp-load bin/vuicc \
	    sbin/smdpd; do
		ok "$f" below "$f"
		ok "$f runs" "$(find "$tmp/root" -path "*/$f")" --version
		has "$f says its name" "^${f##*/} [0-9]"
	done
	ok "five programs and no more" test "$(find "$tmp/root" -type f \
	    -path '*bin/*' | wc -l)" -eq 5
	for f in man1/smdpctl.1 man1/smdp-pki.1 man1/smdp-load.1 \
	    man1/vuicc.1 man5/smdpd.conf.5 man8/smdpd.8; do
		ok "$f" below "$f"
	done
	ok "six pages and no more" test "$(find "$tmp/root" -type f \
	    -path '*/man/*' | wc -l)" -eq 6
	ok "service" below smdpd.service
	ok "socket" below smdpd.socket
	ok "the service starts what was installed" test -x "$tmp/root$(sed -n \
	    's/^ExecStart=\([^ ]*\).*/\1/p' \
	    "$(find "$tmp/root" -name smdpd.service)")"
fi

if [ -c /dev/full ]; then
	ctl=$TOP_BUILDDIR/tools/smdpctl
	for w in --help --version; do
		refused 1 'smdpctl: ' "$w into a full device" full "$ctl" $w
	done
	refused 1 'smdpctl: ' "init into a full device" full "$ctl" --json \
	    init --dir "$tmp/lab" --address localhost:1
else
	skip "output that cannot be written" "no /dev/full"
fi
done_testing
