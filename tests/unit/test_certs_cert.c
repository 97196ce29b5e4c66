/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/cert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/file.h"
#include "certs/internal.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define PKI	"certs_pki"
#define CHAIN	"certs_chain"

static void
fields_of(enum curve curve, const char *name, enum cert_role role,
    unsigned usage, const char *rid)
{
	const char	*cv = vec_curve(curve);
	struct buf	 der = vec(PKI, "%s.%s.cert", cv, name);
	struct buf	 point = vec(PKI, "%s.%s.point", cv, name);
	struct buf	 ski = vec(PKI, "%s.%s.ski", cv, name);
	struct cert	 c;
	char		 oid[32] = "";

	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&der), &c), 0);
	CU_ASSERT_EQUAL(c.curve, curve);
	CU_ASSERT_EQUAL(c.role, role);
	CU_ASSERT_TRUE(c.has_role);
	CU_ASSERT_EQUAL(c.key_usage, usage);
	CU_ASSERT_FALSE(c.unknown_critical);
	unit_same("point", c.point, buf_slice(&point));
	unit_same("ski", c.ski, buf_slice(&ski));
	if (rid == NULL) {
		CU_ASSERT_EQUAL(c.rid.len, 0);
	} else {
		CU_ASSERT_EQUAL(oid_text(c.rid, oid, sizeof(oid)), 0);
		CU_ASSERT_STRING_EQUAL(oid, rid);
	}
	CU_ASSERT_EQUAL(c.not_before, 1577836800);	/* 2020-01-01 */
	buf_free(&der);
	buf_free(&point);
	buf_free(&ski);
}

void
cert_fields(void)
{
	int	 i;

	for (i = 0; i < CURVE_COUNT; i++) {
		fields_of((enum curve)i, "ci", ROLE_CI,
		    CERT_KU_CERT_SIGN | CERT_KU_CRL_SIGN, "2.999.1");
		fields_of((enum curve)i, "eum", ROLE_EUM, CERT_KU_CERT_SIGN,
		    "2.999.5");
		fields_of((enum curve)i, "euicc", ROLE_EUICC,
		    CERT_KU_DIGITAL_SIGNATURE, NULL);
		fields_of((enum curve)i, "dpauth", ROLE_DP_AUTH,
		    CERT_KU_DIGITAL_SIGNATURE, "2.999.10");
		fields_of((enum curve)i, "dppb", ROLE_DP_PB,
		    CERT_KU_DIGITAL_SIGNATURE, "2.999.10");
		fields_of((enum curve)i, "dptls", ROLE_DP_TLS,
		    CERT_KU_DIGITAL_SIGNATURE, "2.999.10");
	}
}

void
cert_of_euicc(void)
{
	struct buf	 der = vec(PKI, "p256.euicc.cert");
	struct buf	 tls = vec(PKI, "p256.dptls.cert");
	struct cert	 c;

	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&der), &c), 0);
	unit_same("o", c.organization, slice_str("Test EUM"));
	unit_same("eid", c.serial_number,
	    slice_str("89049032123451234512345678901235"));
	unit_same("cn", c.common_name, slice_str("Test-only eUICC"));
	CU_ASSERT_EQUAL(c.not_after, 174385753141);	/* 7496-01-24 */
	CU_ASSERT_EQUAL(c.serial.len, 9);
	CU_ASSERT_FALSE(c.is_ca);
	CU_ASSERT_EQUAL(c.path_len, -1);
	CU_ASSERT_FALSE(c.has_constraints);
	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&tls), &c), 0);
	unit_same("dns", c.dns, slice_str("smdp.example.com"));
	buf_free(&der);
	buf_free(&tls);
}

void
cert_constraints(void)
{
	struct buf	 der = vec(CHAIN, "eum.eum_two_pairs_ok");
	struct buf	 odd = vec(CHAIN, "eum.eum_unknown_critical_ext");
	struct cert	 c;

	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&der), &c), 0);
	CU_ASSERT_TRUE(c.has_constraints);
	CU_ASSERT_EQUAL(c.n_permitted, 2);
	unit_same("second", c.permitted[1].organization, c.organization);
	CU_ASSERT_TRUE(c.is_ca);
	CU_ASSERT_EQUAL(c.path_len, 0);
	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&odd), &c), 0);
	CU_ASSERT_TRUE(c.unknown_critical);
	buf_free(&der);
	buf_free(&odd);
}

/* A copy of exactly this size, so that a sanitizer sees a read beyond. */
static int
parse_exact(struct slice der, struct cert *c)
{
	uint8_t	*copy = xmalloc(der.len);
	int	 r;

	memcpy(copy, der.p, der.len);
	r = cert_parse(slice_of(copy, der.len), c);
	free(copy);
	return r;
}

void
cert_truncated(void)
{
	static const char *const names[] = { "ci", "eum", "euicc", "dptls" };
	struct buf	 der;
	struct cert	 c;
	size_t		 i, n;

	for (i = 0; i < 4; i++) {
		der = vec(PKI, "p256.%s.cert", names[i]);
		for (n = 1; n < der.len; n++)
			CU_ASSERT_EQUAL(parse_exact(slice_sub(buf_slice(&der),
			    0, n), &c), DPE_SYNTAX);
		buf_add_u8(&der, 0);
		CU_ASSERT_EQUAL(parse_exact(buf_slice(&der), &c), DPE_SYNTAX);
		buf_free(&der);
	}
	CU_ASSERT_EQUAL(cert_parse(slice_of(NULL, 0), &c), DPE_SYNTAX);
}

/*
 * Every octet changed in turn: it must be refused, or parse with slices that
 * lie inside (a sanitizer looks on).
 */
void
cert_flipped(void)
{
	static const uint8_t	 flips[] = { 0x01, 0x80, 0xff };
	struct buf		 der = vec(PKI, "p256.eum.cert");
	struct cert		 c;
	size_t			 i, k, refused = 0;
	int			 r;

	for (i = 0; i < der.len; i++)
		for (k = 0; k < sizeof(flips); k++) {
			der.p[i] ^= flips[k];
			r = parse_exact(buf_slice(&der), &c);
			CU_ASSERT_TRUE(r == 0 || r == DPE_SYNTAX ||
			    r == DPE_UNSUPPORTED);
			refused += r != 0;
			der.p[i] ^= flips[k];
		}
	CU_ASSERT_TRUE(refused > der.len / 2);
	buf_free(&der);
}

static void
cert_file(const char *path, struct slice text, int want, struct slice der)
{
	struct buf	 got = {0};
	struct why	 why = {{0}};

	unlink(path);
	CU_ASSERT_EQUAL_FATAL(file_write(path, text, 0600, true, NULL), 0);
	CU_ASSERT_EQUAL(cert_load(path, &got, &why), want);
	unit_same(path, buf_slice(&got), der);
	if (want != 0)
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, path));
	buf_free(&got);
	unlink(path);
}

void
cert_files(void)
{
	static const char	 begin[] = "-----BEGIN CERTIFICATE-----\n";
	struct buf		 der = vec(PKI, "p256.eum.cert"), text = {0};
	struct slice		 none = { NULL, 0 };
	char			 path[64];

	snprintf(path, sizeof(path), "unit_certs_crt.%ld", (long)getpid());
	cert_file(path, buf_slice(&der), 0, buf_slice(&der));
	buf_add_str(&text, "subject=a comment before it\n");
	buf_add_str(&text, begin);
	base64_add(&text, slice_sub(buf_slice(&der), 0, 48));
	buf_add_str(&text, "\r\n");
	base64_add(&text, slice_sub(buf_slice(&der), 48, der.len));
	cert_file(path, buf_slice(&text), DPE_SYNTAX, none);	/* no END */
	buf_add_str(&text, "\n-----END CERTIFICATE-----\n");
	cert_file(path, buf_slice(&text), 0, buf_slice(&der));
	buf_add_str(&text, begin);	/* the first one counts */
	cert_file(path, buf_slice(&text), 0, buf_slice(&der));
	cert_file(path, slice_str("junk"), DPE_SYNTAX, none);
	cert_file(path, none, DPE_SYNTAX, none);
	cert_file(path, slice_sub(buf_slice(&der), 0, der.len - 1), DPE_SYNTAX,
	    none);
	buf_free(&der);
	buf_free(&text);
}

static void
date(const char *text, int want, int64_t seconds)
{
	uint8_t		 tlv[32];
	struct slice	 in;
	int64_t		 got = 0;
	size_t		 n = strlen(text);

	tlv[0] = n == 13 ? 0x17 : 0x18;
	tlv[1] = (uint8_t)n;
	memcpy(tlv + 2, text, n);
	in = slice_of(tlv, n + 2);
	CU_ASSERT_EQUAL(time_get(&in, &got), want);
	if (want == 0) {
		CU_ASSERT_EQUAL(got, seconds);
		CU_ASSERT_EQUAL(in.len, 0);
	}
}

void
cert_dates(void)
{
	date("700101000000Z", 0, 0);
	date("691231235959Z", 0, -1);
	date("500101000000Z", 0, -631152000);
	date("491231235959Z", 0, 2524607999);
	date("20000229120000Z", 0, 951825600);
	date("19000228235959Z", 0, -2203891201);
	date("74960124145901Z", 0, 174385753141);
	date("99991231235959Z", 0, 253402300799);
	date("19000229000000Z", DPE_SYNTAX, 0);
	date("20230229000000Z", DPE_SYNTAX, 0);
	date("20230431000000Z", DPE_SYNTAX, 0);
	date("20231301000000Z", DPE_SYNTAX, 0);
	date("20230101240000Z", DPE_SYNTAX, 0);
	date("20230101006000Z", DPE_SYNTAX, 0);
	date("20230101000060Z", DPE_SYNTAX, 0);
	date("20230101000000", DPE_SYNTAX, 0);
	date("20230101000000X", DPE_SYNTAX, 0);
	date("2023010100000aZ", DPE_SYNTAX, 0);
	date("20230101000000.5Z", DPE_SYNTAX, 0);
}

static void
oid_pair(const char *text, const char *hex)
{
	struct buf	 b = {0}, want = {0};
	char		 back[64];

	unit_hex(hex, &want);
	CU_ASSERT_EQUAL(oid_parse(text, &b), 0);
	unit_same(text, buf_slice(&b), buf_slice(&want));
	CU_ASSERT_EQUAL(oid_text(buf_slice(&want), back, sizeof(back)), 0);
	CU_ASSERT_STRING_EQUAL(back, text);
	buf_free(&b);
	buf_free(&want);
}

void
oid_texts(void)
{
	static const char *const bad[] = { "", "1", "1.", ".1", "3.1", "1.40",
	    "1.2.", "1..2", "1.2.03", "1.2.x", "2.999.4294967296", " 1.2",
	    "1.2 ", "-1.2" };
	static const char *const torn[] = { "", "88", "883780", "80", "2a8001",
	    "2affffffffff7f" };
	struct buf	 b = {0};
	char		 text[64];
	size_t		 i;

	oid_pair("2.999.10", "88370a");
	oid_pair("2.23.146.1.2.1.4", "67811201020104");
	oid_pair("1.2.840.10045.4.3.2", "2a8648ce3d040302");
	oid_pair("0.0", "00");
	oid_pair("2.999.4294967295", "88378fffffff7f");
	for (i = 0; i < NELEM(bad); i++) {
		CU_ASSERT_EQUAL(oid_parse(bad[i], &b), DPE_RANGE);
		CU_ASSERT_EQUAL(b.len, 0);
	}
	for (i = 0; i < NELEM(torn); i++) {
		buf_cut(&b, 0);
		unit_hex(torn[i], &b);
		CU_ASSERT_EQUAL(oid_text(buf_slice(&b), text, sizeof(text)),
		    DPE_RANGE);
	}
	buf_cut(&b, 0);
	unit_hex("88370a", &b);
	CU_ASSERT_EQUAL(oid_text(buf_slice(&b), text, 8), DPE_RANGE);
	CU_ASSERT_EQUAL(oid_text(buf_slice(&b), text, 9), 0);
	buf_free(&b);
}
