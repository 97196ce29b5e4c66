/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is read is printed so that it reads as the same. */
#include <stddef.h>
#include <string.h>

#include "base/conf.h"
#include "base/limits.h"
#include "tests/fuzz/fuzz.h"

struct settings {
	char			*text;
	struct conf_list	 list;
	unsigned		 number;
	bool			 flag;
	int64_t			 time;
};

#define AT(m)	offsetof(struct settings, m)
#define N	NELEM(words)

static const struct conf_word	words[] = {
	{ "text", CONF_TEXT, AT(text), "preset", 0, 0, "", NULL },
	{ "list", CONF_LIST, AT(list), NULL, 0, 0, "", NULL },
	{ "number", CONF_UINT, AT(number), "7", 1, 99, "", NULL },
	{ "flag", CONF_BOOL, AT(flag), "no", 0, 0, "", NULL },
	{ "time", CONF_SECONDS, AT(time), "15m", 0, 0, "", NULL },
	{ "later", CONF_LATER, 0, NULL, 0, 0, "", NULL },
};

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct settings	 s, again;
	struct buf	 first = {0}, second = {0};

	memset(&s, 0, sizeof(s));
	memset(&again, 0, sizeof(again));
	if (conf_read("f", slice_of(p, n), words, N, &s, NULL) == 0) {
		fuzz_must(s.number >= 1 && s.number <= 99);
		conf_print(words, N, &s, &first);
		fuzz_must(conf_read("f", buf_slice(&first), words, N, &again,
		    NULL) == 0);
		conf_print(words, N, &again, &second);
		fuzz_must(slice_eq(buf_slice(&first), buf_slice(&second)));
	}
	conf_free(words, N, &s);
	conf_free(words, N, &again);
	buf_free(&first);
	buf_free(&second);
	return 0;
}
