/* SPDX-License-Identifier: Apache-2.0 */
/* The orders of an eIM: a file that anybody may have written. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_relay_orders.h"

#define E1	"89049032123451234512345678901235"
#define E2	"89049032123451234512345678901236"

static int
read_text(const char *text, struct relay_orders *o, struct why *why)
{
	return relay_orders_read(slice_str(text), o, why);
}

static void
reads_orders(void)
{
	struct relay_orders	 o;

	CU_ASSERT_EQUAL_FATAL(read_text("\xef\xbb\xbf" "\"Eid\",code\r\n"
	    "# for the meters\r\n\r\n"
	    E1 ",LPA:1$smdp.example$K7QX2\r\n"
	    " \"" E2 "\" ,\t\"smdp.example:8443\" \n"
	    "89049032123451234512345678901237,\n"
	    "89049032123451234512345678901238\n"
	    "89049032123451234512345678901239,1$smdp.example$", &o, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(o.n, 5);
	CU_ASSERT_STRING_EQUAL(o.order[0].eid, E1);
	CU_ASSERT_TRUE(o.order[0].download && !o.order[0].no_mid);
	CU_ASSERT_STRING_EQUAL(o.order[0].code.address, "smdp.example");
	CU_ASSERT_STRING_EQUAL(o.order[0].code.matching_id, "K7QX2");
	CU_ASSERT_STRING_EQUAL(o.order[1].eid, E2);
	CU_ASSERT_TRUE(o.order[1].download && o.order[1].no_mid);
	CU_ASSERT_STRING_EQUAL(o.order[1].code.address, "smdp.example:8443");
	CU_ASSERT_FALSE(o.order[2].download || o.order[3].download);
	CU_ASSERT_TRUE(o.order[4].download && !o.order[4].no_mid);
	CU_ASSERT_STRING_EQUAL(o.order[4].code.matching_id, "");
	relay_orders_free(&o);
	CU_ASSERT_EQUAL(read_text("", &o, NULL), 0);
	CU_ASSERT_EQUAL(o.n, 0);
	relay_orders_free(&o);
}

static void
refuses_orders(void)
{
	static const struct {
		const char	*text, *why;
		int		 r;
	} bad[] = {
		{ "hello", "line 1: an EID has 32 digits", DPE_RANGE },
		{ "\n\n8904903212345123451234567890123,x", "line 3: an EID",
		    DPE_RANGE },
		{ E1 "5,x", "line 1: an EID", DPE_RANGE },
		{ "8904903212345123451234567890123x,x", "line 1: an EID",
		    DPE_RANGE },
		{ E1 ",a,b", "line 1: more than EID,CODE", DPE_SYNTAX },
		{ E1 ",LPA:2$a$B", "line 1: activation code:", DPE_SYNTAX },
		{ E1 ",1$a$b c", "line 1: activation code:", DPE_SYNTAX },
		{ E1 ",a host", "line 1: neither", DPE_SYNTAX },
		{ E1 ",\"", "line 1: neither", DPE_SYNTAX },
		{ E1 ",a\nEID,CODE", "line 2: an EID", DPE_RANGE },
		{ E1 ",a\n" E2 ",a\n" E1 ",b", E1 ": twice", DPE_EXISTS },
	};
	struct relay_orders	 o;
	struct why		 why;
	size_t			 i;

	for (i = 0; i < NELEM(bad); i++) {
		CU_ASSERT_EQUAL(read_text(bad[i].text, &o, &why), bad[i].r);
		CU_ASSERT_EQUAL(strncmp(why.text, bad[i].why,
		    strlen(bad[i].why)), 0);
		relay_orders_free(&o);
	}
	CU_ASSERT_EQUAL(relay_orders_read(slice_of(E1 ",a\0b", 36), &o,
	    &why), DPE_SYNTAX);
	relay_orders_free(&o);
}

/* n orders of different EIDs. */
static void
orders_of(size_t n, struct buf *out)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		buf_addf(out, "890490321234512345123456%08zu,a\n", i);
}

static void
bounds_orders(void)
{
	struct relay_orders	 o;
	struct buf		 b = {0};
	size_t			 i;

	orders_of(RELAY_ORDERS_MAX, &b);
	CU_ASSERT_EQUAL(relay_orders_read(buf_slice(&b), &o, NULL), 0);
	CU_ASSERT_EQUAL(o.n, RELAY_ORDERS_MAX);
	relay_orders_free(&o);
	buf_cut(&b, 0);
	orders_of(RELAY_ORDERS_MAX + 1, &b);
	CU_ASSERT_EQUAL(relay_orders_read(buf_slice(&b), &o, NULL),
	    DPE_RANGE);
	relay_orders_free(&o);
	buf_cut(&b, 0);
	buf_add_str(&b, "#");
	for (i = 0; i < 400; i++)
		buf_add_str(&b, "x");
	CU_ASSERT_EQUAL(relay_orders_read(buf_slice(&b), &o, NULL),
	    DPE_RANGE);
	relay_orders_free(&o);
	buf_cut(&b, 0);
	memset(buf_grow(&b, RELAY_ORDERS_FILE + 1), '\n',
	    RELAY_ORDERS_FILE + 1);
	CU_ASSERT_EQUAL(relay_orders_read(buf_slice(&b), &o, NULL),
	    DPE_RANGE);
	relay_orders_free(&o);
	buf_free(&b);
}

const struct unit_case test_vuicc_orders[] = {
	UNIT_CASE(reads_orders),
	UNIT_CASE(refuses_orders),
	UNIT_CASE(bounds_orders),
};
const size_t test_vuicc_orders_n = NELEM(test_vuicc_orders);
