/* SPDX-License-Identifier: Apache-2.0 */
/* ES10c: profiles as an LPA lists and moves them. */
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc_es10_fix.h"

static const uint8_t	iccid_a[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14
};
static const uint8_t	iccid_b[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x42, 0x14
};
#define ICCID_A	"5a0a98001032547698103214"
#define ICCID_B	"5a0a98001032547698104214"
#define ICCID_C	"5a0a98001032547698105214"	/* nobody's */
#define AID_A	"4f10a0000005591010ffffffff8900000100"
#define AID_B	"4f10a0000005591010ffffffff8900000200"
#define AID_C	"4f10a0000005591010ffffffff8900000300"

static void
open_two(struct efix *x)
{
	efix_open(x);
	efix_install(x, iccid_a);
	efix_install(x, iccid_b);
	CU_ASSERT_EQUAL_FATAL(x->f.state->n_profile, 2);
}

static void
lists(void)
{
	struct efix	 x;

	efix_open(&x);
	efix_same(&x, "bf2d00", "bf2d02a000");
	efix_install(&x, iccid_a);
	efix_same(&x, "bf2d00", "bf2d39a037e335" ICCID_A AID_A "9f700100"
	    "910850726f7669646572" "92044e616d65" "950102");
	efix_same(&x, "bf2d045c025a99", "bf2d10a00ee30c" ICCID_A);
	efix_same(&x, "bf2d055c039f70b6", "bf2d20a01ee31c" "9f700100"
	    "b6163014800204f0810e6e6f746966792e6578616d706c65");
	efix_same(&x, "bf2d11a00c" ICCID_C "5c015a", "bf2d02a000");
	efix_same(&x, "bf2d11a00c" ICCID_A "5c015a", "bf2d10a00ee30c"
	    ICCID_A);
	efix_same(&x, "bf2d17a012" AID_A "5c015a", "bf2d10a00ee30c" ICCID_A);
	efix_same(&x, "bf2d08a0039501025c015a", "bf2d10a00ee30c" ICCID_A);
	efix_same(&x, "bf2d08a0039501005c015a", "bf2d02a000");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2d02a000"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2d035c019f"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2d020500"), SW_DATA);
	efix_close(&x);
}

/* A profile of a state file that has no metadata. */
static void
lists_old(void)
{
	struct efix		 x;
	struct vuicc_profile	*p;

	efix_open(&x);
	p = vuicc_state_profile_add(x.f.state);
	p->iccid = xstrdup("89000123456789012341");
	p->provider = xstrdup("P");
	p->name = xstrdup("N");
	p->profile_class = 2;
	efix_same(&x, "bf2d055c039192b6", "bf2d0aa008e306" "910150" "92014e");
	efix_close(&x);
}

static void
enables(void)
{
	struct efix	 x;

	open_two(&x);
	efix_same(&x, "bf3111a00c" ICCID_A "810100", "bf3103800100");
	CU_ASSERT_TRUE(x.f.state->profile[0].enabled);
	efix_same(&x, "bf3111a00c" ICCID_A "8101ff", "bf3103800102");
	efix_same(&x, "bf3117a012" AID_B "8101ff", "bf3103800100");
	CU_ASSERT_FALSE(x.f.state->profile[0].enabled);
	CU_ASSERT_TRUE(x.f.state->profile[1].enabled);
	efix_same(&x, "bf3111a00c" ICCID_C "810100", "bf3103800101");
	efix_same(&x, "bf3117a012" AID_C "810100", "bf3103800101");
	x.f.state->profile[1].ppr = 2;
	efix_same(&x, "bf3111a00c" ICCID_A "810100", "bf3103800103");
	CU_ASSERT_NOT_EQUAL(x.e.why.text[0], '\0');
	efix_same(&x, "bf3211a00c" ICCID_B "810100", "bf3203800103");
	x.f.state->profile[1].ppr = 0;
	efix_same(&x, "bf3211a00c" ICCID_B "810100", "bf3203800100");
	efix_same(&x, "bf3211a00c" ICCID_B "810100", "bf3203800102");
	efix_same(&x, "bf3211a00c" ICCID_C "810100", "bf3203800101");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3100"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf310c" ICCID_A), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf310ea00c" ICCID_A), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf320ca00c" ICCID_A), SW_DATA);
	/* Two results, two installs, enable, disable, enable, disable. */
	CU_ASSERT_EQUAL(x.f.state->n_pending, 8);
	efix_close(&x);
}

static void
deletes(void)
{
	struct efix	 x;

	open_two(&x);
	efix_same(&x, "bf330c" ICCID_C, "bf3303800101");
	x.f.state->profile[0].enabled = true;
	efix_same(&x, "bf330c" ICCID_A, "bf3303800102");
	x.f.state->profile[0].enabled = false;
	x.f.state->profile[0].ppr = 4;
	efix_same(&x, "bf330c" ICCID_A, "bf3303800103");
	x.f.state->profile[0].ppr = 0;
	efix_same(&x, "bf330c" ICCID_A, "bf3303800100");
	efix_same(&x, "bf330c" ICCID_A, "bf3303800101");
	efix_same(&x, "bf3312" AID_B, "bf3303800100");
	CU_ASSERT_EQUAL(x.f.state->n_profile, 0);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3300"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf330ea00c" ICCID_A), SW_DATA);
	efix_close(&x);
}

static void
nicknames(void)
{
	struct efix	 x;
	struct buf	 in = {0};
	size_t		 i;

	efix_open(&x);
	efix_install(&x, iccid_a);
	efix_same(&x, "bf2911" ICCID_A "9003c3a461", "bf2903800100");
	CU_ASSERT_STRING_EQUAL(x.f.state->profile[0].nickname, "\303\244a");
	efix_same(&x, "bf2d035c0190", "bf2d09a007e305" "9003c3a461");
	efix_same(&x, "bf290e" ICCID_C "9000", "bf2903800101");
	efix_same(&x, "bf2910" ICCID_A "9002c361", "bf290380017f");
	efix_same(&x, "bf2910" ICCID_A "90026100", "bf290380017f");
	efix_same(&x, "bf290f" ICCID_A "9001ff", "bf290380017f");
	unit_hex(ICCID_A, &in);
	der_add_head(&in, 0x90, 65);
	for (i = 0; i < 65; i++)
		buf_add_u8(&in, 'a');
	der_wrap(&in, 0, 0xBF29);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	unit_same("65", buf_slice(&x.out),
	    slice_of("\xbf\x29\x03\x80\x01\x7f", 6));
	CU_ASSERT_STRING_EQUAL(x.f.state->profile[0].nickname, "\303\244a");
	efix_same(&x, "bf290e" ICCID_A "9000", "bf2903800100");
	CU_ASSERT_PTR_NULL(x.f.state->profile[0].nickname);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf290c" ICCID_A), SW_DATA);
	buf_free(&in);
	efix_close(&x);
}

static void
resets(void)
{
	struct efix		 x;
	struct vuicc_state	*st;

	open_two(&x);
	st = x.f.state;
	st->profile[0].profile_class = 0;
	st->profile[1].enabled = true;
	st->profile[1].ppr = 6;		/* no matter */
	st->default_dp = xstrdup("a.example");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3400"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3403820101"), SW_DATA);
	efix_same(&x, "bf3404820206c0", "bf3403800100");	/* both */
	CU_ASSERT_EQUAL(st->n_profile, 0);
	CU_ASSERT_EQUAL(st->n_pending, 6);
	CU_ASSERT_EQUAL(st->pending[5].event, 8);
	efix_same(&x, "bf3404820206c0", "bf3403800101");
	CU_ASSERT_STRING_EQUAL(st->default_dp, "a.example");
	efix_same(&x, "bf340482020520", "bf3403800100");
	CU_ASSERT_PTR_NULL(st->default_dp);
	/* Of a class that is not asked for. */
	efix_install(&x, iccid_a);
	st->profile[0].profile_class = 1;
	efix_same(&x, "bf3404820206c0", "bf3403800101");
	st->profile[0].profile_class = 0;
	efix_same(&x, "bf340482020780", "bf3403800101");
	CU_ASSERT_EQUAL(st->n_profile, 1);
	efix_close(&x);
}

/* What the card cannot tell it does not do: its notifications are full. */
static void
full(void)
{
	struct efix		 x;
	struct vuicc_pending	*p;

	efix_open(&x);
	efix_install(&x, iccid_a);
	while ((p = vuicc_state_pending_add(x.f.state)) != NULL)
		p->address = xstrdup("a");
	efix_same(&x, "bf340482020780", "bf340380017f");
	CU_ASSERT_EQUAL(x.f.state->n_profile, 1);
	efix_same(&x, "bf330c" ICCID_A, "bf330380017f");
	CU_ASSERT_EQUAL(x.f.state->n_profile, 1);
	efix_close(&x);
}

const struct unit_case test_vuicc_es10c[] = {
	UNIT_CASE(lists),
	UNIT_CASE(lists_old),
	UNIT_CASE(enables),
	UNIT_CASE(deletes),
	UNIT_CASE(nicknames),
	UNIT_CASE(resets),
	UNIT_CASE(full),
};
const size_t test_vuicc_es10c_n = NELEM(test_vuicc_es10c);
