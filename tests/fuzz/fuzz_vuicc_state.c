/* SPDX-License-Identifier: Apache-2.0 */
/* The file in which a card keeps its state; what is read is written alike. */
#include "tests/fuzz/fuzz.h"
#include "tools/vuicc_state.h"

static struct vuicc_state *
state_new(void)
{
	struct vuicc_state	*st;

	fuzz_must(vuicc_state_open(NULL, false, &st, NULL) == 0);
	return st;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct vuicc_state	*st = state_new(), *again = state_new();
	struct buf		 text = {0}, same = {0};

	if (vuicc_state_read(slice_of(p, n), st, NULL) == 0) {
		vuicc_state_write(st, &text);
		fuzz_must(vuicc_state_read(buf_slice(&text), again,
		    NULL) == 0);
		vuicc_state_write(again, &same);
		fuzz_must(slice_eq(buf_slice(&text), buf_slice(&same)));
	}
	vuicc_state_free(st);
	vuicc_state_free(again);
	buf_free(&text);
	buf_free(&same);
	return 0;
}
