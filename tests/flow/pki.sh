#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The PKI directory of a running server: every format of file, another CI, a
# maker of cards that was revoked, TLS certificates by name, what -t refuses.
. "$TOP_SRCDIR/tests/lib.sh"
. "$TOP_SRCDIR/tests/flow/lab.sh"

command -v openssl >/dev/null || skip_all "no openssl"

ok "lab" lab_init
ok "daemon" lab_start
ok "profiles" lab_profiles 18
pki=$lab/pki
nist=
brainpool=
for eid in $(cards); do
	if "$smdp_pki" euicc show "$pki" "$eid" | grep -q 'brainpool'; then
		brainpool=$eid
	else
		nist=$eid
	fi
done

# Read again, and not refused.
reload()
{
	reload_n=$(grep -c '^ready' "$lab/log")
	kill -HUP "$lab_pid"
	lab_wait_ready $((reload_n + 1)) &&
	    ! grep 'reload-refused' "$lab/log"
}

# served EID NAME: a new order is downloaded by it.
served()
{
	ok "order" order --type consumer
	ok "$2" card "$1" download "$code"
}

# Formats -------------------------------------------------------------------
cp -r "$pki" "$tmp/pem"

# key FORM FROM TO
key()
{
	case $1 in
	sec1-pem)
		openssl ec -in "$2" -out "$3" ;;
	sec1-params)
		case $2 in *bp256*) key=brainpoolP256r1 ;; *) key=prime256v1 ;;
		esac
		(openssl ecparam -name $key && openssl ec -in "$2") >"$3" ;;
	sec1-der)
		openssl ec -in "$2" -outform DER -out "$3" ;;
	pkcs8-der)
		openssl pkcs8 -topk8 -nocrypt -in "$2" -outform DER \
		    -out "$3" ;;
	esac
}

# Every key that the server reads in this form; certificates in DER with keys
# in DER.
convert()
{
	(cd "$tmp/pem" && find dp tls -name '*.key') >"$tmp/keys"
	(cd "$tmp/pem" && find ci dp tls -name '*.crt') >"$tmp/crts"
	while read -r f; do
		rm -f "$pki/$f"
		key "$1" "$tmp/pem/$f" "$pki/$f" 2>/dev/null || return 1
	done <"$tmp/keys"
	while read -r f; do
		case $1 in
		*-der)	openssl x509 -in "$tmp/pem/$f" -outform DER ;;
		*)	cat "$tmp/pem/$f" ;;
		esac >"$pki/$f" || return 1
	done <"$tmp/crts"
}

for form in sec1-pem sec1-params sec1-der pkcs8-der; do
	ok "files in $form" convert $form
	case $form in
	sec1-pem)
		has "it is what it says" '^-----BEGIN EC PRIVATE KEY-----$' \
		    "$pki/dp/lab-p256/auth.key" ;;
	sec1-params)
		has "it is what it says" '^-----BEGIN EC PARAMETERS-----$' \
		    "$pki/dp/lab-p256/auth.key" ;;
	*)
		hasnt "no PEM" 'BEGIN' "$pki/dp/lab-p256/auth.key"
		hasnt "no PEM" 'BEGIN' "$pki/dp/lab-bp256/pb.crt" ;;
	esac
	ok "-t takes them" "$smdpd" -t -f "$lab/smdpd.conf"
	ok "reload takes them" reload
	served "$nist" "$form: a card on P-256"
	served "$brainpool" "$form: a card on brainpoolP256r1"
done
(cd "$tmp/pem" && tar cf - ci dp tls) | (cd "$pki" && tar xf -)

# A third CI ----------------------------------------------------------------
ok "a third CI" "$smdp_pki" ci new "$pki" third
ok "its EUM" "$smdp_pki" eum new "$pki" third --ci third --iin 89011234
ok "its card" "$smdp_pki" euicc new "$pki" --eum third
third=$(cat "$tmp/out")
ok "it has an EID" test "${#third}" -eq 32
ok "order" order --type consumer
refused 1 '8\.8\.2/3\.1' "not known before" card "$third" download "$code"
ok "its pair" "$smdp_pki" dp new "$pki" third --ci third
ok "reload" reload
ok "known now" card "$third" download "$code"
served "$nist" "and so are the others"

# Revocation ----------------------------------------------------------------
ok "its EUM is revoked" "$smdp_pki" eum revoke "$pki" third
ok "reload" reload
ok "order" order --type consumer
refused 1 '8\.1\.2/6\.1' "its card is refused" card "$third" download "$code"
ok "and another is not" card "$nist" download "$code"
ok "the list in DER" sh -c 'openssl crl -in "$1" -outform DER -out "$1.x" &&
    mv "$1.x" "$1"' sh "$pki/crl/third.crl"
ok "reload" reload
ok "order" order --type consumer
refused 1 '8\.1\.2/6\.1' "it is refused all the same" \
    card "$third" download "$code"

# Block lists and old lists ----------------------------------------------------
cp "$lab/smdpd.conf" "$tmp/conf"
# with LINE: the configuration with this line more.
with()
{
	(cat "$tmp/conf" && echo "$1") >"$lab/smdpd.conf"
	reload
}
# The key id of a certificate.
ski()
{
	openssl x509 -in "$1" -noout -ext subjectKeyIdentifier |
	    sed -n 's/://g; s/^ *\([0-9A-F]\{40\}\)$/\1/p'
}
# The EUM of a card: the file whose key id its certificate names.
eum_of()
{
	openssl x509 -in "$pki/euicc/$1.crt" -noout -ext \
	    authorityKeyIdentifier | tr -d ': \n' >"$tmp/aki"
	for f in "$pki"/eum/*.crt; do
		grep -q "$(ski "$f")" "$tmp/aki" && echo "$f"
	done
}
ok "order" order --type consumer
ok "the EUM by its key id" with "block-ski $(ski "$(eum_of "$nist")")"
refused 1 '8\.1\.2/6\.1' "is refused" card "$nist" download "$code"
has "and told" 'blocked by=block-ski of=eum' "$lab/log"
ok "the card by its own" with "block-ski $(ski "$pki/euicc/$nist.crt")"
refused 1 '8\.1\.3/6\.1' "is refused" card "$nist" download "$code"
ok "the card by its EID" with "block-eid $nist"
refused 1 '8\.1\.3/6\.1' "is refused" card "$nist" download "$code"
ok "a range" with "block-eid ${nist%???}000-${nist%???}999"
refused 1 '8\.1\.3/6\.1' "is refused" card "$nist" download "$code"
ok "its firmware" with "block-firmware ${nist%${nist#????????}}:1.0.1"
exits 1 "is refused" card "$nist" --misbehave firmware=1.0.1 download "$code"
has "as not eligible" '8\.2\.5/4\.3' "$tmp/err"
ok "fresh lists" sh -c 'for ci in lab-p256 lab-bp256; do
	rm -f "$2/crl/$ci.crl"
	"$1" crl new "$2" $ci --days 2 || exit 1
done' sh "$smdp_pki" "$pki"
ok "crl-stale refuse" with "crl-stale refuse"
ok "served" card "$nist" download "$code"
ok "order" order --type consumer
ok "three days later" ctl lab clock +73h
refused 1 '8\.1\.2/6\.1' "is refused" card "$nist" download "$code"
tenths=0
until grep -q ' crl-stale ' "$lab/log" || [ $tenths -gt 150 ]; do
	sleep 0.1
	tenths=$((tenths + 1))
done
has "the daily round tells of it" 'warn.* crl-stale ci=[0-9A-F]{40} days=1' \
    "$lab/log"
ok "back" ctl lab clock reset
ok "crl-stale warn" with "crl-stale warn"
ok "three days later" ctl lab clock +73h
ok "served" card "$nist" download "$code"
ok "back" ctl lab clock reset
ok "all as it was" cp "$tmp/conf" "$lab/smdpd.conf"
ok "reload" reload

# TLS certificates by name ---------------------------------------------------
ok "a second name" "$smdp_pki" tls new "$pki" zwei --host zwei.example.com
ok "a wildcard" openssl req -x509 -newkey ec -days 2 -nodes \
    -pkeyopt ec_paramgen_curve:prime256v1 -subj '/CN=wild' \
    -addext 'subjectAltName=DNS:*.wild.example.com' \
    -keyout "$pki/tls/zwild.key" -out "$pki/tls/zwild.crt"
ok "reload" reload

digest()
{
	openssl x509 -noout -fingerprint -sha256
}

# shows FILE NAME OPTION...: the server shows this certificate.
shows()
{
	shows_file=$pki/tls/$1.crt
	shows_name=$2
	shift 2
	openssl s_client -connect "127.0.0.1:$port" "$@" </dev/null \
	    2>/dev/null | digest >"$tmp/shown" 2>/dev/null
	digest <"$shows_file" >"$tmp/digest"
	ok "$shows_name: ${shows_file##*/}" cmp "$tmp/digest" "$tmp/shown"
}
first=$(basename "$(echo "$pki"/tls/*.crt | cut -d' ' -f1)" .crt)
ok "the first is the lab's" test "$first" = localhost
shows localhost "the first name" -servername localhost
shows zwei "the second name" -servername zwei.example.com
shows zwei "in capitals" -servername ZWEI.Example.COM
shows zwild "a wildcard" -servername a.wild.example.com
shows localhost "a wildcard is one label" -servername a.b.wild.example.com
shows localhost "a wildcard is a label" -servername wild.example.com
shows localhost "an unknown name" -servername drei.example.com
shows localhost "no name" -noservername
for v in tls1_2 tls1_3; do
	shows zwei "$v" -$v -servername zwei.example.com
done
served "$nist" "and downloads go on"

# What is refused -------------------------------------------------------------
# not_taken REGEX NAME: -t says so, a reload leaves all as it is.
not_taken()
{
	refused 1 "$1" "-t: $2" "$smdpd" -t -f "$lab/smdpd.conf"
	not_n=$(grep -c 'reload-refused' "$lab/log")
	kill -HUP "$lab_pid"
	for not_i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ "$(grep -c 'reload-refused' "$lab/log")" -gt "$not_n" ] &&
		    break
		sleep 0.1
	done
	ok "reload: $2" test "$(grep -c 'reload-refused' "$lab/log")" \
	    -eq $((not_n + 1))
	shows zwei "the old one stays" -servername zwei.example.com
}
cp -r "$pki" "$tmp/good"
again()
{
	rm -rf "$pki"
	cp -r "$tmp/good" "$pki"
}
openssl req -x509 -newkey ec -days 2 -nodes \
    -pkeyopt ec_paramgen_curve:brainpoolP256r1 -subj '/CN=bp' \
    -addext 'subjectAltName=DNS:bp.example.com' \
    -keyout "$pki/tls/zz.key" -out "$pki/tls/zz.crt" 2>/dev/null
has "a brainpool key" 'BEGIN PRIVATE KEY' "$pki/tls/zz.key"
not_taken 'tls/zz\.(crt|key): ' "a TLS key on brainpoolP256r1"
again
rm "$pki"/tls/*
not_taken 'tls: no TLS certificate' "no TLS certificate"
again
rm -r "$pki"/dp/*
not_taken 'dp: no DPauth and DPpb' "no pair"
again
cp "$pki/tls/zwild.key" "$pki/tls/zwei.key"
not_taken 'tls/zwei\.key: ' "a TLS key that is another's"
again
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -subj '/CN=old' -keyout "$pki/tls/old.key" -out "$tmp/old.csr" 2>/dev/null
openssl x509 -req -in "$tmp/old.csr" -signkey "$pki/tls/old.key" -days -1 \
    -out "$pki/tls/old.crt" 2>/dev/null
not_taken 'tls/old\.crt: expired' "a TLS certificate that has expired"
again
served "$nist" "after all that"
ok "the daemon ends" lab_stop
done_testing
