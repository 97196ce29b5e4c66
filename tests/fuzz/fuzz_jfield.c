/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text through a table with every kind of member. */
#include <stddef.h>
#include <string.h>

#include "base/jfield.h"
#include "tests/fuzz/fuzz.h"

struct members {
	char		*text;
	struct buf	 hex, base64;
	int64_t		 number;
	bool		 flag;
};

#define AT(m)	offsetof(struct members, m)
#define N	NELEM(fields)

static const struct jfield	fields[] = {
	{ "text", JFIELD_TEXT, AT(text), 16, 0 },
	{ "hex", JFIELD_HEX, AT(hex), 16, JFIELD_OPT },
	{ "base64", JFIELD_BASE64, AT(base64), 64, JFIELD_OPT },
	{ "number", JFIELD_INT, AT(number), 1000, JFIELD_OPT },
	{ "flag", JFIELD_BOOL, AT(flag), 0, JFIELD_OPT },
};

static void
fuzz_read(const json_t *j,
    int (*fn)(const json_t *, const struct jfield *, size_t, void *,
    struct why *))
{
	struct members	 m;

	memset(&m, 0, sizeof(m));
	if (fn(j, fields, N, &m, NULL) == 0) {
		fuzz_must(m.text != NULL && strlen(m.text) <= 16);
		fuzz_must(m.hex.len <= 16 && m.base64.len <= 64);
		fuzz_must(m.number >= 0 && m.number <= 1000);
	}
	jfield_free(fields, N, &m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf	 text = {0};
	json_t		*j = NULL, *again = NULL;

	if (json_read(slice_of(p, n), &j, NULL) == 0) {
		fuzz_read(j, jfield_read);
		fuzz_read(j, jfield_read_strict);
		json_write(j, &text);
		fuzz_must(json_read(buf_slice(&text), &again, NULL) == 0);
		json_decref(again);
		json_decref(j);
	}
	buf_free(&text);
	return 0;
}
