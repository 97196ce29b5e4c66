/* SPDX-License-Identifier: Apache-2.0 */
/* A package in words: who may see the keys in it, and what is written down. */
#include <stdio.h>
#include <string.h>

#include "base/jfield.h"
#include "db/fault.h"
#include "tests/unit/admin_unit.h"

#define CALLS	200	/* more than the verb makes */

/* The text of the verb's answer; empty when it was refused. */
static void
decode(struct bench *b, const char *iccid, const char *more, struct buf *out)
{
	struct buf	 in = { 0 };
	json_t		*o;

	buf_addf(&in, "{\"iccid\":\"%s\"%s}", iccid, more);
	o = bench_ask(b, "profile decode", buf_cstr(&in));
	buf_cut(out, 0);
	if (o != NULL)
		json_write(o, out);
	buf_cstr(out);
	json_decref(o);
	buf_free(&in);
}

static json_t *
last_audit(struct bench *b, json_t **page)
{
	*page = bench_ask(b, "audit list", "{\"limit\":1}");
	return json_array_get(json_object_get(*page, "items"), 0);
}

static void
decode_hides(void)
{
	struct bench	*b = bench_new(false);
	struct buf	 out = { 0 };
	char		 iccid[21];
	json_t		*page;

	bench_stock(b, iccid);
	decode(b, iccid, "", &out);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), "\"k\":\"********\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out),
	    "\"keys_shown\":false"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), iccid));
	/* Nothing was shown that has to be accounted for. */
	CU_ASSERT_STRING_NOT_EQUAL(bench_text(last_audit(b, &page),
	    "action"), "profile.keys");
	json_decref(page);
	bench_refused(b, "profile decode", "{\"iccid\":\"12\"}", DPE_USAGE,
	    "19 or 20 digits");
	buf_free(&out);
	bench_free(b);
}

static void
decode_keys_are_audited(void)
{
	struct bench	*b = bench_new(false);
	struct buf	 out = { 0 };
	char		 iccid[21], in[120];
	json_t		*page, *row;

	bench_stock(b, iccid);
	decode(b, iccid, ",\"keys\":true,\"reason\":\"ticket 7\"", &out);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&out), "********"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), "\"keys_shown\":true"));
	row = last_audit(b, &page);
	CU_ASSERT_STRING_EQUAL(bench_text(row, "action"), "profile.keys");
	CU_ASSERT_STRING_EQUAL(bench_text(row, "iccid"), iccid);
	CU_ASSERT_STRING_EQUAL(bench_text(row, "actor"), "uid 0");
	CU_ASSERT_STRING_EQUAL(bench_text(row, "detail"), "ticket 7");
	json_decref(page);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"keys\":true}", iccid);
	bench_refused(b, "profile decode", in, DPE_USAGE, "reason");
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"keys\":true,"
	    "\"reason\":\" \"}", iccid);
	bench_refused(b, "profile decode", in, DPE_USAGE, "reason");
	buf_free(&out);
	bench_free(b);
}

/* With the n-th call of the database failing; was there an n-th call? */
static bool
decode_fails(long n)
{
	struct bench	*b = bench_new_over(false, &driver_fault);
	char		 iccid[21], in[120];
	json_t		*page;
	bool		 fired, shown, told;

	bench_stock(b, iccid);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"keys\":true,"
	    "\"reason\":\"x\"}", iccid);
	fault_arm(FAULT_ANY, n);
	shown = bench_try(b, "profile decode", in) == 0;
	fired = fault_disarm();
	told = strcmp(bench_text(last_audit(b, &page), "action"),
	    "profile.keys") == 0;
	json_decref(page);
	CU_ASSERT_FALSE(shown && !told);
	bench_free(b);
	return fired;
}

/* No keys without the row, whatever fails. */
static void
decode_row_comes_first(void)
{
	long	 n;

	for (n = 1; n <= CALLS && decode_fails(n); n++)
		;
	CU_ASSERT_TRUE(n > 3);
	CU_ASSERT_TRUE(n < CALLS);
}

const struct unit_case	unit_decode[] = {
	UNIT_CASE(decode_hides),
	UNIT_CASE(decode_keys_are_audited),
	UNIT_CASE(decode_row_comes_first)
};
const size_t	unit_decode_n = NELEM(unit_decode);
