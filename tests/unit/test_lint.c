/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_lint.h"

#include "server/saip/saip.h"

void
lint_package(struct buf *upp, struct buf *map)
{
	static const struct saip_product product = {
		.profile_type = "consumer", .spn = "Example",
		.plmn = "001-01"
	};
	struct buf	 body = {0}, values = {0};

	CU_ASSERT_EQUAL_FATAL(saip_template("consumer", &product, &body, map,
	    NULL), 0);
	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system,
	    "8999901000000000012", "001010000000013", &values), 0);
	CU_ASSERT_EQUAL_FATAL(saip_personalise(buf_slice(&body),
	    buf_slice(map), buf_slice(&values), upp), 0);
	buf_free(&body);
	buf_free(&values);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(fs_of_a_template),
		UNIT_CASE(fs_images),
		UNIT_CASE(fs_of_others),
	};

	return unit_main("lint", cases, NELEM(cases));
}
