/* SPDX-License-Identifier: Apache-2.0 */
/* Times as administrators write them. */
#include <string.h>

#include "server/admin/internal.h"
#include "tests/fuzz/fuzz.h"

#define NOW	INT64_C(1790000000)
#define LAST	INT64_C(253402300799)	/* of the year 9999 */

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct admin_call	 call;
	struct buf			 text = {0};
	char				 back[TIME_TEXT];
	int64_t				 t, again;

	buf_add(&text, p, n);
	if (admin_time_parse(buf_cstr(&text), &t) == 0 && t >= 0 &&
	    t <= LAST) {
		admin_time_text(t, back);
		fuzz_must(strlen(back) == strlen("2030-12-31T23:59:59Z"));
		fuzz_must(admin_time_parse(back, &again) == 0 && again == t);
	}
	if (admin_expires(&call, buf_cstr(&text), NOW, &t) != 0)
		fuzz_must(strncmp(call.why.text, "expires ", 8) == 0);
	else if (text.p[0] == '+')
		fuzz_must(t >= NOW);
	buf_free(&text);
	return 0;
}
