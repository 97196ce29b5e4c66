#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From "here are my IMSIs" to cards and the network: profiles are generated,
# their file for the network is made, some are drawn at random, ordered and
# downloaded by as many cards, and what each card holds, by the walk of its
# own, is what the file says, field by field.
# SMDP_LONG=1: a million profiles, a thousand of them drawn.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"
. "$TOP_SRCDIR/tests/flow/contents.sh"

n=2000
draw=20
if [ "${SMDP_LONG:-0}" = 1 ]; then
	n=1000000
	draw=1000
fi
: "${FACTORY_PROFILES:=$n}" "${FACTORY_DRAW:=$draw}"
n=$FACTORY_PROFILES
draw=$FACTORY_DRAW
openssl=$(command -v openssl)
# All that a card can be asked for.
columns=iccid,imsi,msisdn,ki,opc,algorithm,amf,sqn,acc,plmn,spn,smsc,gid1,gid2
columns=$columns,adm1,adm2,pin1,puk1,pin2,puk2,ota-enc,ota-mac,ota-dek
columns=$columns,ota2-enc,ota2-mac,ota2-dek,imsi2,acc2,k2,opc2,impi,impu
columns=$columns,app-key,app-public
columns=$columns,type,state,source

ms()
{
	echo $(($(date +%s%N) / 1000000))
}

# took FROM: milliseconds since then, as seconds.
took()
{
	awk -v ms=$(($(ms) - $1)) 'BEGIN { printf "%.2f", ms / 1000 }'
}

# peak NAME: the most memory that this child ever had, in kB.
peak()
{
	awk '/^VmHWM/ { print $2 }' "/proc/$(child "$1")/status"
}

# file_made TYPE: the file, decrypted by its reader where there is a program.
file_made()
{
	rm -f "$tmp/hss.csv"
	if [ -z "$openssl" ]; then
		ctl export hss --format csv --columns $columns --plain \
		    --type "$1" -o "$tmp/hss.csv"
		return
	fi
	rm -f "$tmp/hss.cms"
	ctl export hss --format csv --columns $columns --type "$1" \
	    --recipient "$tmp/hss.crt" -o "$tmp/hss.cms" --reason factory
}

file_opened()
{
	[ -z "$openssl" ] || "$openssl" cms -decrypt -inform DER \
	    -in "$tmp/hss.cms" -recip "$tmp/hss.crt" -inkey "$tmp/hss.key" \
	    -out "$tmp/hss.csv"
}

# The head and $draw rows of the file, at random.
drawn()
{
	head -1 "$tmp/hss.csv" >"$tmp/drawn.csv"
	sed 1d "$tmp/hss.csv" | shuf -n $draw >>"$tmp/drawn.csv"
	sed 1d "$tmp/drawn.csv" | cut -d , -f 1 >"$tmp/iccids"
	[ "$(wc -l <"$tmp/iccids")" -eq $draw ]
}

ordered()
{
	cards | head -n $draw >"$tmp/eids"
	paste "$tmp/eids" "$tmp/iccids" >"$tmp/pairs"
	while read -r eid want; do
		order --iccid "$want" --eid "$eid" || return 1
		echo "$eid,\"$code\""
	done <"$tmp/pairs" >"$tmp/orders"
}

downloaded()
{
	"$vuicc" --pki "$lab/pki" --orders "$tmp/orders" \
	    --state "$lab/devices" --connections 4 relay
}

# What each card holds: lines of ICCID, field, value.
looked_at()
{
	while read -r eid want; do
		contents_of "$lab/devices/$eid.state" "$want" || return 1
	done <"$tmp/pairs" >"$tmp/cards"
}

# altered FIELD: in the middle row, one character of it.
altered()
{
	awk -F , -v OFS=, -v field="$1" -v at=$((draw / 2 + 1)) '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == field) f = i }
	NR == at { $f = (substr($f, 1, 1) == "1" ? "2" : "1") substr($f, 2) }
	{ print }' "$tmp/drawn.csv" >"$tmp/altered.csv"
	! cmp -s "$tmp/drawn.csv" "$tmp/altered.csv"
}

ok "lab" lab_init
ok "cards" "$smdp_pki" euicc new "$lab/pki" --count $draw
ok "daemon" lab_start
ok "a type" ctl type add consumer --spn "Example Mobile" --name "Example 5G"
t=$(ms)
ok "$n profiles" ctl profile generate --type consumer --count "$n"
generated=$(took "$t")
if [ -n "$openssl" ]; then
	ok "a reader" "$openssl" req -x509 -nodes -newkey ec -pkeyopt \
	    ec_paramgen_curve:P-256 -keyout "$tmp/hss.key" \
	    -out "$tmp/hss.crt" -subj /CN=hss -days 30
fi
before=$(peak worker)
t=$(ms)
ok "their file" file_made consumer
made=$(took "$t")
after=$(peak worker)
if grep -aq __asan_init "$smdpd"; then
	skip "memory of it" "AddressSanitizer holds back what was freed"
else
	ok "took no more memory than a small one ($before to $after kB)" \
	    test $((after - before)) -lt 16000
fi
ok "opens" file_opened
ok "has them all" test "$(wc -l <"$tmp/hss.csv")" -eq $((n + 1))
for field in 1 2 4 5; do
	ok "no two have the same $(echo $columns | cut -d , -f $field)" \
	    test "$(cut -d , -f $field "$tmp/hss.csv" | sort -u |
	    wc -l)" -eq $((n + 1))
done
ok "$draw are drawn" drawn
t=$(ms)
ok "ordered" ordered
ok "downloaded" downloaded
has "all of them" "^$draw EIDs, $draw installed, 0 failed"
downloads=$(took "$t")
ok "looked at" looked_at
ok "each is what the file says" contents_equal "$tmp/drawn.csv"
compared=$(tail -1 "$tmp/out")
echo "# figure factory: $n profiles generated in $generated s, their file in $made s; $draw ordered and downloaded in $downloads s, $compared compared, all equal"

# The other templates, with what they have beside: a second subscription, or
# less.  A value that is given is the card's as well.
few=$draw
draw=10
[ $few -lt $draw ] && draw=$few
number=msisdn=+4915112345678,smsc=+491710760000
for template in consumer,$number dual-imsi,imsi2=001010123450001,$number iot \
    iot-safe; do
	given=${template#*,}
	[ "$given" = "$template" ] && given=
	template=${template%%,*}
	ok "a type" ctl type add a-$template --spn "Thing"
	ok "$template${given:+, with $given}" ctl profile generate --count 40 \
	    --type a-$template --template $template ${given:+--set "$given"}
	ok "their file" file_made a-$template
	ok "opens" file_opened
	ok "has them all" test "$(wc -l <"$tmp/hss.csv")" -eq 41
	ok "some are drawn" drawn
	rm -rf "$lab/devices"
	ok "ordered" ordered
	ok "downloaded" downloaded
	ok "looked at" looked_at
	ok "each is what the file says" contents_equal "$tmp/drawn.csv"
	echo "# figure factory: of template $template $(tail -1 "$tmp/out") compared, all equal"
done

# What is not the same is seen, in every field.
for field in imsi plmn spn ki opc acc adm1 pin1 puk2 ota-dek algorithm sqn; do
	ok "$field is altered" altered $field
	not_ok "and that is seen" contents_equal "$tmp/altered.csv"
	[ $field = ki ] && field=k
	has "by its name" "^[0-9]+ $field: file "
done
sed "/^$(sed -n 1p "$tmp/iccids") k /d" "$tmp/cards" >"$tmp/cards.new"
mv "$tmp/cards.new" "$tmp/cards"
not_ok "a card without a key is seen" contents_equal "$tmp/drawn.csv"
hasnt "nothing was a fault of ours" ' error ' "$lab/log"
ok "the daemon ends" lab_stop
done_testing
