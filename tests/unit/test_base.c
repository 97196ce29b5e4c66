/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "tests/unit/unit.h"

static void
hex_round_trip(void)
{
	struct buf	 b = {0}, t = {0};

	CU_ASSERT_EQUAL(hex_decode(slice_str("00fFA5"), &b), 0);
	hex_add(&t, buf_slice(&b));
	unit_same("hex", buf_slice(&t), slice_str("00FFA5"));
	CU_ASSERT_EQUAL(hex_decode(slice_str("0"), &b), DPE_SYNTAX);
	CU_ASSERT_EQUAL(hex_decode(slice_str("0g"), &b), DPE_SYNTAX);
	CU_ASSERT_EQUAL(b.len, 3);
	buf_free(&b);
	buf_free(&t);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(hex_round_trip),
	};

	return unit_main("base", cases, sizeof(cases) / sizeof(cases[0]));
}
