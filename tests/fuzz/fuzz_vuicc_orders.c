/* SPDX-License-Identifier: Apache-2.0 */
/* Orders that are read are written so that they read as the same. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tools/vuicc_relay_orders.h"

static void
fuzz_write(const struct relay_order *o, struct buf *out)
{
	buf_addf(out, "%s,", o->eid);
	if (o->no_mid)
		buf_add_str(out, o->code.address);
	else if (o->download)
		actcode_format(&o->code, out);
	buf_add_str(out, "\n");
}

static void
fuzz_same(const struct relay_order *a, const struct relay_order *b)
{
	fuzz_must(strcmp(a->eid, b->eid) == 0);
	fuzz_must(a->download == b->download && a->no_mid == b->no_mid);
	fuzz_must(!a->no_mid || a->download);
	fuzz_must(strcmp(a->code.address, b->code.address) == 0);
	fuzz_must(strcmp(a->code.matching_id, b->code.matching_id) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct relay_orders	 a, b;
	struct buf		 text = {0};
	size_t			 i;

	if (relay_orders_read(slice_of(p, n), &a, NULL) == 0) {
		fuzz_must(a.n <= RELAY_ORDERS_MAX);
		for (i = 0; i < a.n; i++)
			fuzz_write(&a.order[i], &text);
		fuzz_must(relay_orders_read(buf_slice(&text), &b, NULL) == 0);
		fuzz_must(a.n == b.n);
		for (i = 0; i < a.n; i++)
			fuzz_same(&a.order[i], &b.order[i]);
		relay_orders_free(&b);
	}
	relay_orders_free(&a);
	buf_free(&text);
	return 0;
}
