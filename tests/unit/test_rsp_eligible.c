/* SPDX-License-Identifier: Apache-2.0 */
/* Which eUICC can take which package (spec 02, 4.2). */
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "db/db.h"
#include "server/rsp/eligible.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

#define S(n)	(INT64_C(1) << (n))	/* service 0x80 + n */

static struct buf	hex_buf;

static struct slice
hex(const char *text)
{
	buf_cut(&hex_buf, 0);
	CU_ASSERT_EQUAL(hex_decode(slice_str(text), &hex_buf), 0);
	return buf_slice(&hex_buf);
}

static int
check(const struct euicc_info2 *info, const struct ptype *t, int64_t version,
    int64_t services, int64_t octets)
{
	struct body_needs	 n = { version, services, octets };
	struct why		 why = {""};
	int			 r = eligible_check(info, t, &n, &why);

	/* Refused with a reason, or neither. */
	CU_ASSERT_EQUAL(r == 0, why.text[0] == '\0');
	return r;
}

void
eligible_versions(void)
{
	static const struct {
		const char	*card, *listed;		/* hex */
		int64_t		 needs;
		int		 r;
	} cases[] = {
		{ "020301", "", 0, 0 },
		{ "020301", "", 0x0203, 0 },
		{ "020300", "", 0x0200, 0 },
		{ "020100", "", 0x0203, REFUSE_INELIGIBLE },
		{ "020300", "", 0x0300, REFUSE_INELIGIBLE },
		{ "030000", "", 0x0203, 0 },
		{ "020100", "0403020200", 0x0203, REFUSE_INELIGIBLE },
		{ "020100", "0403020303", 0x0203, 0 },
		{ "020100", "04030300000403020400", 0x0203, 0 },
		{ "020100", "0403030000", 0x0203, REFUSE_INELIGIBLE },
		{ "020100", "04020203", 0x0203, REFUSE_INELIGIBLE },
		/* 41.42.43 and 0.0.0 are no versions. */
		{ "414243", "", 0x0203, 0 },
		{ "000000", "", 0x0203, 0 },
	};
	struct card	 c;
	struct ptype	 t = { .profile_class = 2 };
	struct buf	 in = {0}, raw = {0};
	struct env	 e;
	size_t		 i;

	env_open(&e);
	card_open(&c, &e);
	for (i = 0; i < NELEM(cases); i++) {
		memcpy(c.info.profile_version, hex(cases[i].card).p, 3);
		buf_cut(&in, 0);
		buf_cut(&raw, 0);
		der_add(&in, 0x81, slice_of(c.info.profile_version, 3));
		if (cases[i].listed[0] != '\0')
			der_add(&in, 0xaf, hex(cases[i].listed));
		der_add(&raw, 0xbf22, buf_slice(&in));
		c.info.raw = buf_slice(&raw);
		CU_ASSERT_EQUAL(check(&c.info, &t, cases[i].needs, 0, 0),
		    cases[i].r);
	}
	buf_free(&in);
	buf_free(&raw);
	buf_free(&hex_buf);
	card_close(&c);
	env_close(&e);
}

void
eligible_services(void)
{
	static const struct {
		const char	*cap;		/* hex */
		unsigned	 unused;
		int64_t		 services;
		int		 r;
	} cases[] = {
		{ "48", 3, S(1) | S(4), 0 },
		{ "48", 3, S(1) | S(5), REFUSE_INELIGIBLE },
		{ "48", 3, S(2), REFUSE_INELIGIBLE },
		{ "4802", 1, S(11), 0 },
		{ "4800", 1, S(11), REFUSE_INELIGIBLE },
		/* Tuak: two services, two bits that are not neighbours. */
		{ "4a", 0, S(5), 0 },
		{ "4a", 0, S(16), REFUSE_INELIGIBLE },
		{ "49", 0, S(16), 0 },
		/* BER-TLV: an older card does not speak of it. */
		{ "480000", 5, S(18), 0 },
		{ "480008", 3, S(18), REFUSE_INELIGIBLE },
		{ "480010", 4, S(18), 0 },
		{ "480010", 4, S(24), REFUSE_INELIGIBLE },
		/* The test algorithm and what came later have no bit. */
		{ "480010", 4, S(17) | S(25) | S(26), 0 },
		/* Longer than anything known. */
		{ "ffffffffffffffffffff", 0, S(1) | S(11) | S(24), 0 },
		/* A card without USIM is none, an empty string is nothing. */
		{ "08", 3, S(11), 0 },
		{ "", 0, S(1), 0 },
	};
	struct card	 c;
	struct ptype	 t = { .profile_class = 2 };
	struct env	 e;
	size_t		 i;
	int		 r;

	env_open(&e);
	card_open(&c, &e);
	for (i = 0; i < NELEM(cases); i++) {
		c.info.uicc_capability.octets = hex(cases[i].cap);
		c.info.uicc_capability.unused = cases[i].unused;
		r = check(&c.info, &t, 0, cases[i].services, 0);
		if (r != cases[i].r)
			printf("# services, case %zu: %d\n", i, r);
		CU_ASSERT_EQUAL(r, cases[i].r);
	}
	buf_free(&hex_buf);
	card_close(&c);
	env_close(&e);
}

void
eligible_memory(void)
{
	static const struct {
		const char	*resource;
		int64_t		 room;
	} cases[] = {
		{ "81010082040000100083020000", 4096 },
		{ "8202100081010083020000", 4096 },
		{ "820100", 0 },
		{ "8207ffffffffffffff", INT64_C(0xffffffffffffff) },
		{ "8208ffffffffffffffff", -1 },
		{ "8200", -1 },
		{ "810100", -1 },
		{ "", -1 },
		{ "414243", -1 },		/* "ABC" */
		{ "82021000ff", -1 },
		{ "8202100082020001", 4096 },
	};
	struct card	 c;
	struct ptype	 t = { .profile_class = 2 };
	struct env	 e;
	size_t		 i;

	env_open(&e);
	card_open(&c, &e);
	for (i = 0; i < NELEM(cases); i++) {
		c.info.ext_card_resource = hex(cases[i].resource);
		CU_ASSERT_EQUAL(eligible_free_nvm(&c.info), cases[i].room);
	}
	c.info.ext_card_resource = hex("82021000");
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 4096), 0);
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 4097), REFUSE_MEMORY);
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), 0);
	c.info.ext_card_resource = hex("414243");
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 4097), 0);
	buf_free(&hex_buf);
	card_close(&c);
	env_close(&e);
}

void
eligible_types(void)
{
	static const uint8_t	 ppr[] = { 0x40 };	/* PPR1 */
	struct card		 c;
	struct ptype		 t = { .profile_class = 2 };
	struct env		 e;
	uint8_t			 octet;

	env_open(&e);
	card_open(&c, &e);
	c.info.rsp_capability = bits_named(1U << 0, &octet);
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), 0);
	t.profile_class = 0;
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), REFUSE_INELIGIBLE);
	c.info.rsp_capability = bits_named(1U << 0 | 1U << 3, &octet);
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), 0);
	c.info.rsp_capability = bits_named(1U << 3, &octet);
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), REFUSE_INELIGIBLE);
	c.info.rsp_capability = bits_named(1U << 0 | 1U << 3, &octet);
	c.info.has_forbidden_ppr = true;
	c.info.forbidden_ppr.octets = slice_of(ppr, 1);
	c.info.forbidden_ppr.unused = 6;
	t.ppr = 2;
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), REFUSE_INELIGIBLE);
	t.ppr = 4;
	CU_ASSERT_EQUAL(check(&c.info, &t, 0, 0, 0), 0);
	card_close(&c);
	env_close(&e);
}

static int
set_needs(struct db *db, void *arg)
{
	static const struct stmt set = { "test_needs",
	    "UPDATE bodies SET saip_version = 515, services = 18,"
	    " octets = 5000 WHERE tenant = $1" };
	static const struct stmt policy = { "test_policy",
	    "UPDATE types SET ineligible_error = $2 WHERE tenant = $1" };
	int	 r = db_run(db, &set, "i", TENANT_DEFAULT);

	return r != 0 ? r : db_run(db, &policy, "id", TENANT_DEFAULT,
	    *(int *)arg);
}

/* Before anything is spent; what becomes of the order says its type. */
void
eligible_before_spending(void)
{
	struct card	 c;
	struct env	 e;
	struct euicc	 seen;
	int		 error;

	for (error = 0; error <= 1; error++) {
		env_open(&e);
		env_write(&e, set_needs, &error);
		card_open(&c, &e);
		c.info.ext_card_resource = hex("82021000");
		CU_ASSERT_EQUAL(card_authenticate(&c), REFUSE_MEMORY);
		CU_ASSERT_STRING_EQUAL(c.about.text, ENV_EID);
		CU_ASSERT_STRING_EQUAL(c.about.reason, "4096 octets free, the "
		    "package has 5000");
		CU_ASSERT_EQUAL(env_state(&e),
		    error ? LIFE_ERROR : LIFE_RELEASED);
		CU_ASSERT_EQUAL(store_euicc_get(e.ctx.db, TENANT_DEFAULT,
		    ENV_EID, &seen), 0);
		CU_ASSERT_EQUAL(seen.free_nvm, 4096);
		CU_ASSERT_EQUAL(memcmp(seen.firmware, "\1\4\7", 3), 0);
		if (!error) {
			memcpy(c.info.profile_version, "\2\2\0", 3);
			CU_ASSERT_EQUAL(card_authenticate(&c),
			    REFUSE_INELIGIBLE);
			memcpy(c.info.profile_version, "\2\3\0", 3);
			c.info.ext_card_resource = hex("8202ffff");
			CU_ASSERT_EQUAL(card_authenticate(&c), 0);
		}
		card_close(&c);
		env_close(&e);
	}
	buf_free(&hex_buf);
}
