/* SPDX-License-Identifier: Apache-2.0 */
/* One screen about a certificate or a list. */
#include "tools/pki_show.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/der.h"
#include "base/hex.h"
#include "tools/pki_crl.h"

static const char *const role_names[] = {
	[ROLE_CI] = "CI", [ROLE_EUICC] = "eUICC", [ROLE_EUM] = "EUM",
	[ROLE_DP_TLS] = "SM-DP+ TLS", [ROLE_DP_AUTH] = "DPauth",
	[ROLE_DP_PB] = "DPpb", [ROLE_DS_TLS] = "SM-DS TLS",
	[ROLE_DS_AUTH] = "DSauth"
};

void
pki_show_line(struct buf *out, const char *label, const char *fmt, ...)
{
	va_list	 ap;
	char	 text[512];

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_addf(out, "%-12s %s\n", label, text);
}

void
pki_show_hex(struct buf *out, const char *label, struct slice s)
{
	if (s.len == 0)
		return;
	buf_addf(out, "%-12s ", label);
	hex_add(out, s);
	buf_add_u8(out, '\n');
}

void
pki_show_date(struct buf *out, const char *label, int64_t t)
{
	time_t		 when = (time_t)t;
	struct tm	 tm;
	char		 text[64] = "?";

	if (gmtime_r(&when, &tm) != NULL)
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &tm);
	pki_show_line(out, label, "%s", text);
}

/* Controls, those of U+0080 to U+009F too (C2 80 to C2 9F in UTF-8). */
static bool
is_control(struct slice s, size_t i)
{
	return s.p[i] < 0x20 || s.p[i] == 0x7f ||
	    (s.p[i] == 0xc2 && i + 1 < s.len && s.p[i + 1] < 0xa0) ||
	    (i > 0 && s.p[i - 1] == 0xc2 && s.p[i] < 0xa0);
}

/* Whatever the bytes are, nothing that moves a cursor. */
static void
show_text(struct buf *out, struct slice s)
{
	size_t	 i;

	for (i = 0; i < s.len; i++)
		if (s.p[i] != '\\' && !is_control(s, i))
			buf_add_u8(out, s.p[i]);
		else
			buf_addf(out, "\\x%02x", s.p[i]);
}

/* The usual short name of an attribute type 2.5.4.n, else its OID. */
static void
show_attribute(struct buf *out, struct slice oid)
{
	static const char *const	 words[] = { [3] = "CN", [4] = "SN",
		[5] = "serialNumber", [6] = "C", [7] = "L", [8] = "ST",
		[10] = "O", [11] = "OU" };
	char				 text[128];

	if (oid.len == 3 && oid.p[0] == 0x55 && oid.p[1] == 4 &&
	    oid.p[2] < NELEM(words) &&
	    words[oid.p[2]] != NULL)
		buf_add_str(out, words[oid.p[2]]);
	else
		buf_add_str(out, oid_text(oid, text, sizeof(text)) == 0 ?
		    text : "?");
}

void
pki_show_name(struct buf *out, const char *label, struct slice name)
{
	struct der	 all, set, pair, oid, value;
	const char	*between = "";

	buf_addf(out, "%-12s ", label);
	if (der_whole(name, 0x30, &all) != 0)
		all.value.len = 0;
	while (der_expect(&all.value, 0x31, &set) == 0)
		while (der_expect(&set.value, 0x30, &pair) == 0 &&
		    der_expect(&pair.value, 0x06, &oid) == 0 &&
		    der_next(&pair.value, &value) == 0) {
			buf_add_str(out, between);
			show_attribute(out, oid.value);
			buf_add_u8(out, '=');
			show_text(out, value.value);
			between = ", ";
		}
	buf_add_u8(out, '\n');
}

static void
show_usage(struct buf *out, const struct cert *c)
{
	static const struct {
		unsigned	 bit;
		const char	*text;
	} uses[] = {
		{ CERT_KU_DIGITAL_SIGNATURE, "sign" },
		{ CERT_KU_CERT_SIGN, "issue certificates" },
		{ CERT_KU_CRL_SIGN, "issue lists" }
	};
	const char	*between = "";
	size_t		 i;

	buf_addf(out, "%-12s ", "key usage");
	for (i = 0; i < NELEM(uses); i++)
		if ((c->key_usage & uses[i].bit) != 0) {
			buf_addf(out, "%s%s", between, uses[i].text);
			between = ", ";
		}
	buf_add_u8(out, '\n');
}

static void
show_permitted(struct buf *out, const struct cert *c)
{
	size_t	 i;

	for (i = 0; i < c->n_permitted; i++) {
		buf_addf(out, "%-12s O=", "may issue");
		show_text(out, c->permitted[i].organization);
		buf_add_str(out, ", EID ");
		show_text(out, c->permitted[i].iin);
		buf_add_str(out, "...\n");
	}
}

static void
show_cert(struct buf *out, const struct cert *c)
{
	char	 oid[128];

	if (c->has_role && c->role < ROLE_NONE)
		pki_show_line(out, "role", "%s (2.23.146.1.2.1.%d)",
		    role_names[c->role], (int)c->role);
	else
		pki_show_line(out, "role", "none of RSP%s",
		    c->is_ca ? " (a CA)" : "");
	pki_show_name(out, "subject", c->subject);
	pki_show_name(out, "issuer", c->issuer);
	if (c->has_role && c->role == ROLE_EUICC) {
		buf_addf(out, "%-12s ", "EID");
		show_text(out, c->serial_number);
		buf_add_u8(out, '\n');
	}
	if (c->rid.len > 0 && oid_text(c->rid, oid, sizeof(oid)) == 0)
		pki_show_line(out, "OID", "%s", oid);
	show_permitted(out, c);
	pki_show_hex(out, "serial", c->serial);
	pki_show_line(out, "curve", "%s", curve_name(c->curve));
	show_usage(out, c);
	pki_show_hex(out, "SKI", c->ski);
	pki_show_hex(out, "AKI", c->aki);
	pki_show_date(out, "valid from", c->not_before);
	pki_show_date(out, "valid to", c->not_after);
}

/* Is the key beside the certificate, and is it that one? */
static void
show_key(struct buf *out, const char *path, const struct cert *c)
{
	struct privkey	*key = NULL;
	struct buf	 file = {0};
	uint8_t		 point[POINT_LEN];
	size_t		 n = strlen(path);

	if (n < 4 || strcmp(path + n - 4, ".crt") != 0)
		return;
	buf_addf(&file, "%.*s.key", (int)(n - 4), path);
	if (access(buf_cstr(&file), F_OK) != 0)
		pki_show_line(out, "key file", "none");
	else if (privkey_load(buf_cstr(&file), &key, NULL) != 0)
		pki_show_line(out, "key file", "cannot be read");
	else {
		privkey_point(key, point);
		pki_show_line(out, "key file", "%s", slice_eq(c->point,
		    slice_of(point, sizeof(point))) ? "fits" :
		    "of another certificate");
	}
	privkey_free(key);
	buf_free(&file);
}

int
pki_lab_show(const char *path, struct buf *out, struct why *why)
{
	struct buf	 der = {0}, text = {0};
	struct cert	 c;
	size_t		 n = strlen(path);
	bool		 list = n >= 4 && strcmp(path + n - 4, ".crl") == 0;
	int		 r;

	r = list ? issue_crl_load(path, &der, why) :
	    cert_load(path, &der, why);
	if (r != 0)
		goto out;
	pki_show_line(&text, "file", "%s", path);
	if (list)
		r = pki_show_crl(buf_slice(&der), &text);
	else if ((r = cert_parse(buf_slice(&der), &c)) == 0) {
		show_cert(&text, &c);
		show_key(&text, path, &c);
	}
	if (r != 0)
		why_set(why, r, "%s: %s", path, err_text(r));
	else
		buf_add_slice(out, buf_slice(&text));
out:
	buf_free(&der);
	buf_free(&text);
	return r;
}
