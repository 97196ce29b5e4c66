# SPDX-License-Identifier: Apache-2.0
# What cards hold against the file for the network.  Source after
# tests/flow/lab.sh.
#
#   contents_of STATE ICCID   what this card holds of a profile: lines of
#                             ICCID, field, value
#   contents_equal CSV        each row of the file against such lines in
#                             $tmp/cards

contents_of()
{
	"$vuicc" --state "$1" --json show "$2" >"$tmp/contents" || return 1
	sed 's/^{"//; s/"}$//; s/","/\n/g' "$tmp/contents" |
	    sed "s/^/$2 /; s/\":\"/ /"
}

# contents_equal CSV: every field of every row against the cards.  What the network has
# beside its card (amf) and what the inventory knows is left out.
contents_equal()
{
	awk -v csv="$1" '
	FILENAME != csv {
		key = $1 SUBSEP $2
		sub(/^[^ ]* [^ ]* /, "")
		card[key] = $0
		next
	}
	FNR == 1 {
		fields = split($0, name, ",")
		for (i = 1; i <= fields; i++) {
			if (name[i] == "ki")
				name[i] = "k"
			skip[i] = name[i] ~ /^(amf|type|state|eid|source)$/
		}
		next
	}
	{
		rows++
		split($0, cell, ",")
		for (i = 1; i <= fields; i++) {
			want = card[cell[1], name[i]]
			if (skip[i] || (cell[i] == "" && want == ""))
				continue
			compared++
			if (cell[i] == want)
				continue
			printf "%s %s: file %s, card %s\n", cell[1], name[i],
			    cell[i], want
			bad = 1
		}
	}
	END {
		print rows + 0 " rows, " compared + 0 " fields"
		exit bad || compared < 10 * rows || rows == 0
	}' "$tmp/cards" "$1"
}
