/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people write of a template, and a stored record of values.  Input: an
 * octet, even for a description of a built-in package, odd for a record.
 */
#include "server/saip/describe.h"
#include "tests/fuzz/fuzz.h"

static void
description(struct slice text)
{
	static const struct saip_product product = { "t", NULL, "001-01" };
	static struct buf	 upp, map;
	struct buf		 body = { 0 }, patch = { 0 };
	struct describe		 d;
	struct why		 why;

	if (upp.len == 0)
		fuzz_must(saip_template("iot-safe", &product, &upp, &map,
		    &why) == 0);
	if (describe_parse(text, &d, &why) == 0 && saip_map(buf_slice(&upp),
	    d.want, d.n, &body, &patch, &why) == 0) {
		fuzz_must(body.len == upp.len);
		fuzz_must(saip_patch_check(buf_slice(&body),
		    buf_slice(&patch), &why) == 0);
	}
	describe_free(&d);
	buf_free(&body);
	buf_free(&patch);
}

/* What opens is stored as it was, or opens the same again. */
static void
record(struct slice stored)
{
	struct buf	 open = { 0 }, packed = { 0 }, again = { 0 };

	if (saip_values_open(stored, &open) == 0) {
		saip_values_pack(buf_slice(&open), &packed);
		fuzz_must(saip_values_open(buf_slice(&packed), &again) == 0);
		fuzz_must(slice_eq(buf_slice(&open), buf_slice(&again)));
	}
	buf_free(&open);
	buf_free(&packed);
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (n == 0)
		return 0;
	if (p[0] % 2 == 0)
		description(slice_of(p + 1, n - 1));
	else
		record(slice_of(p + 1, n - 1));
	return 0;
}
