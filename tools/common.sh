# SPDX-License-Identifier: Apache-2.0
# What tools/quickstart and tools/runtests share; bash, sourced.  It sets
#   top      the top of the source tree
#   jobs     how many compilers may run at once

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
jobs=$(nproc 2>/dev/null || echo 2)
name=${0##*/}
SECONDS=0

elapsed()
{
	printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60))
}

say()
{
	printf '%s\n' "$*"
}

# A heading, with the time that has gone by.
step()
{
	printf '\n[%s] %s\n' "$(elapsed)" "$*"
}

die()
{
	printf '%s: %s\n' "$name" "$*" >&2
	exit 1
}

# logged FILE WHAT COMMAND...: quietly; the end of FILE is shown if it fails.
logged()
{
	local file=$1 what=$2
	shift 2
	if ! "$@" >"$file" 2>&1 </dev/null; then
		tail -n 30 "$file" >&2
		die "$what failed; all of it is in $file"
	fi
}

# The packages of tools/packages that are not there: of the build, or `all'.
packages_missing()
{
	local p
	sed "$([ "$1" = all ] || echo '/^# tests/,$d;') /^#/d; /^\$/d" \
	    "$top/tools/packages" |
	while read -r p; do
		case $(dpkg-query -W -f='${db:Status-Abbrev}' "$p" \
		    2>/dev/null) in
		ii*) ;;
		*) echo "$p" ;;
		esac
	done
}

# Install what is missing.  Without a Debian system configure has the last
# word; without anything missing no root is needed.
packages_install()
{
	local root=() missing
	if ! command -v dpkg-query >/dev/null; then
		say "No dpkg here: taking what is installed."
		return 0
	fi
	missing=$(packages_missing "$1")
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null ||
		    die "these packages are missing, and without root or sudo" \
		    "they cannot be installed:" $missing
		root=(sudo)
	fi
	say "Installing:" $missing
	"${root[@]}" apt-get -q update </dev/null ||
	    die "apt-get update failed"
	# Words of a list, one argument each.
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install \
	    --no-install-recommends $missing </dev/null ||
	    die "apt-get cannot install:" $missing
}

# ./configure, from a checkout.
autogen()
{
	if [ ! -x "$top/configure" ] ||
	    [ "$top/configure.ac" -nt "$top/configure" ]; then
		logged "${TMPDIR:-/tmp}/smdp-autogen.$$" "autogen.sh" \
		    "$top/autogen.sh"
		rm -f "${TMPDIR:-/tmp}/smdp-autogen.$$"
	fi
}

# Builds in other directories would find the tree's own config.h.
unconfigured()
{
	[ ! -f "$top/config.status" ] ||
	    die "the source tree itself is configured;" \
	    "run \`make distclean' in $top first"
}

# configured DIR ARGUMENT...: configure in DIR, once.
configured()
{
	local dir=$1
	shift
	mkdir -p "$dir"
	[ "$dir" = "$top" ] || unconfigured
	[ -f "$dir/Makefile" ] || (
		cd "$dir"
		logged "$dir/configure.out" "configure in $dir" "$top/configure" "$@"
	)
}

# A TCP port of the loopback that is free now.
port_free()
{
	local port tries
	for tries in {1..100}; do
		port=$((20000 + RANDOM % 12000))
		# Nobody answers there: it is free for us.
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return 0
		fi
	done
	die "no free port on the loopback after $tries tries"
}
