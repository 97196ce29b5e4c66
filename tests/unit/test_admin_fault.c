/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every verb that changes something, once for every call of the database that
 * may fail: either all of it happened, with its audit row, or nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/fault.h"
#include "tests/unit/admin_unit.h"

#define ICCID	"8944000000000000001"
#define CALLS	200	/* more than any verb makes */

struct scene {
	const char	*words, *in;
	bool		 order;		/* of a held order, which is made */
	bool		 alarm;		/* and an audit row of the stock */
};

/* All that can be seen of types, profiles and orders; and the audit rows. */
static char *
seen(struct bench *b, size_t *audits)
{
	json_t	*all = json_object(), *o;
	char	*text;

	json_object_set_new(all, "t", bench_ask(b, "type list", "{}"));
	json_object_set_new(all, "p", bench_ask(b, "profile list", "{}"));
	json_object_set_new(all, "o", bench_ask(b, "order list", "{}"));
	json_object_set_new(all, "v", bench_ask(b, "variant list",
	    "{\"type\":\"staff\"}"));
	o = bench_ask(b, "audit list", "{}");
	*audits = json_array_size(json_object_get(o, "items"));
	json_decref(o);
	text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(all);
	return text;
}

static struct bench *
scene_begin(const struct scene *s, char *in, size_t size)
{
	struct bench	*b = bench_new_over(true, &driver_fault);
	char		 id[64];

	json_decref(bench_ask(b, "type add", s->alarm ?
	    "{\"name\":\"staff\",\"low_stock\":1}" :
	    "{\"name\":\"staff\"}"));
	json_decref(bench_ask(b, "variant add", "{\"type\":\"staff\","
	    "\"name\":\"old\",\"template\":\"consumer\"}"));
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":1,\"iccid\":\"" ICCID "\"}"));
	snprintf(in, size, "%s", s->in);
	if (s->order) {
		bench_get(b, "order new",
		    "{\"type\":\"staff\",\"hold\":true}", "order", id,
		    sizeof(id));
		snprintf(in, size, "{\"order\":\"%s\",\"reason\":\"x\"}", id);
	}
	return b;
}

/* With the n-th call failing; was there an n-th call? */
static bool
scene_run(const struct scene *s, long n)
{
	struct bench	*b;
	char		 in[256], *before, *after;
	size_t		 a_before, a_after;
	bool		 fired;
	int		 r;

	b = scene_begin(s, in, sizeof(in));
	before = seen(b, &a_before);
	fault_arm(FAULT_ANY, n);
	r = bench_try(b, s->words, in);
	fired = fault_disarm();
	after = seen(b, &a_after);
	if (r != 0 && (!fired || strcmp(before, after) != 0 ||
	    a_after != a_before)) {
		printf("# %s, call %ld: %d, half done\n", s->words, n, r);
		CU_FAIL("half done");
	}
	if (r == 0 && (strcmp(before, after) == 0 ||
	    a_after != a_before + (s->alarm ? 2 : 1))) {
		printf("# %s, call %ld: done, not written\n", s->words, n);
		CU_FAIL("not written");
	}
	free(before);
	free(after);
	bench_free(b);
	return fired;
}

static void
scene_all(const struct scene *s)
{
	long	 n = 1;

	while (scene_run(s, n) && n < CALLS)
		n++;
	CU_ASSERT(n > 3 && n < CALLS);
}

static void
fault_type_add(void)
{
	static const struct scene	 s = { "type add",
	    "{\"name\":\"other\"}", false, false };

	scene_all(&s);
}

static void
fault_type_set(void)
{
	static const struct scene	 s = { "type set",
	    "{\"name\":\"staff\",\"spn\":\"Other\"}", false, false };

	scene_all(&s);
}

static void
fault_variant(void)
{
	static const struct scene	 add = { "variant add",
	    "{\"type\":\"staff\",\"name\":\"v\","
	    "\"template\":\"consumer\"}", false, false };
	static const struct scene	 drop = { "variant remove",
	    "{\"type\":\"staff\",\"name\":\"old\"}", false, false };

	scene_all(&add);
	scene_all(&drop);
}

static void
fault_generate(void)
{
	static const struct scene	 s = { "profile generate",
	    "{\"type\":\"staff\",\"count\":3}", false, false };

	scene_all(&s);
}

static void
fault_retire(void)
{
	static const struct scene	 s = { "profile retire",
	    "{\"iccid\":\"" ICCID "\"}", false, false };

	scene_all(&s);
}

static void
fault_order_new(void)
{
	static const struct scene	 s = { "order new",
	    "{\"type\":\"staff\",\"matching_id\":\"AB\"}", false, false };
	static const struct scene	 last = { "order new",
	    "{\"type\":\"staff\",\"matching_id\":\"AB\"}", false, true };

	scene_all(&s);
	scene_all(&last);
}

static void
fault_order_moves(void)
{
	static const struct scene	 release = { "order release", "", true,
	    false };
	static const struct scene	 cancel = { "order cancel", "", true,
	    false };

	scene_all(&release);
	scene_all(&cancel);
}

const struct unit_case	unit_faults[] = {
	UNIT_CASE(fault_type_add),
	UNIT_CASE(fault_type_set),
	UNIT_CASE(fault_variant),
	UNIT_CASE(fault_generate),
	UNIT_CASE(fault_retire),
	UNIT_CASE(fault_order_new),
	UNIT_CASE(fault_order_moves)
};
const size_t	unit_faults_n = NELEM(unit_faults);
