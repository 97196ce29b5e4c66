/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A package of any bytes in words, keys hidden and shown.  Input as that of
 * fuzz_saip: the length of a map (u16, big-endian), the map, the package.
 */
#include "base/jfield.h"
#include "server/saip/show.h"
#include "tests/fuzz/fuzz.h"

static int
show(struct slice upp, bool keys, size_t *elements)
{
	struct buf	 text = {0};
	json_t		*out = NULL;
	int		 r = saip_show(upp, keys, &out);

	fuzz_must(json_is_object(out));
	fuzz_must((r != 0) == (json_object_get(out, "fault") != NULL));
	json_write(out, &text);
	*elements = json_array_size(json_object_get(out, "elements"));
	json_decref(out);
	buf_free(&text);
	return r;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct slice	 in = slice_of(p, n), upp;
	size_t		 hidden, shown;

	if (n < 2)
		return 0;
	upp = slice_sub(in, 2 + ((size_t)p[0] << 8 | p[1]), n);
	fuzz_must(show(upp, false, &hidden) == show(upp, true, &shown));
	fuzz_must(hidden == shown);
	return 0;
}
