#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The systemd units: what the build made of them, and how exposed they are.
. "${TOP_SRCDIR:=.}/tests/lib.sh"
unit="$TOP_BUILDDIR/server/systemd/smdpd.service"

# With a program that exists here: the service is judged, not this machine.
judged()
{
	sed -E 's|^(Exec[A-Za-z]*=)[^ ]*/smdpd |\1/bin/true |; /^Documentation/d' \
	    "$unit" >"$tmp/smdpd.service"
	sed '/^Documentation/d' "$TOP_SRCDIR/server/systemd/smdpd.socket" \
	    >"$tmp/smdpd.socket"
}

judged
hasnt 'no name is left unreplaced' '@[a-z]+@' "$unit"
has 'the service runs the installed daemon' '^ExecStart=/.*/smdpd -f /' \
    "$unit"
if command -v systemd-analyze >/dev/null; then
	ok 'systemd takes the units' systemd-analyze verify \
	    "$tmp/smdpd.service" "$tmp/smdpd.socket"
	# Tenths of the score.
	ok 'exposed at most 2.0' systemd-analyze security --offline=yes \
	    --threshold=20 "$tmp/smdpd.service"
	sed -i '/^\(Protect\|Restrict\|SystemCall\|Capab\|Priv\)/d' \
	    "$tmp/smdpd.service"
	not_ok 'without its bars it is more exposed' systemd-analyze security \
	    --offline=yes --threshold=20 "$tmp/smdpd.service"
else
	skip 'systemd takes the units' 'systemd-analyze is not installed'
	skip 'exposed at most 2.0' 'systemd-analyze is not installed'
	skip 'without its bars' 'systemd-analyze is not installed'
fi
done_testing
