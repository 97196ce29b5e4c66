/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_lint.h"

#include "server/saip/saip.h"

/* The same codes in every run, none of which is trivial. */
static void
chance_fill(void *arg, void *p, size_t n)
{
	static uint32_t	 state;
	uint8_t		*out = p;
	size_t		 i;

	(void)arg;
	for (i = 0; i < n; i++) {
		state = state * 1103515245 + 12345;
		out[i] = (uint8_t)(state >> 16);
	}
}

void
lint_package(struct buf *upp, struct buf *map)
{
	lint_package_of("consumer", upp, map);
}

void
lint_package_of(const char *template, struct buf *upp, struct buf *map)
{
	static const struct saip_product product = {
		.profile_type = "consumer", .spn = "Example",
		.plmn = "001-01"
	};
	static const struct rnd chance = { chance_fill, NULL };
	static const uint8_t imsi2[] = { 8, 0x09, 0x10, 0x20, 0, 0, 0, 0, 0x52 };
	struct buf	 body = {0}, values = {0};
	saip_set	 all, needed;

	CU_ASSERT_EQUAL_FATAL(saip_template(template, &product, &body, map,
	    NULL), 0);
	CU_ASSERT_EQUAL_FATAL(saip_patch_fields(buf_slice(map), &all,
	    &needed), 0);
	CU_ASSERT_EQUAL_FATAL(saip_values_draw(&chance,
	    "8999901000000000013", "001010000000013", needed, &values), 0);
	if ((needed & SAIP_BIT(SAIP_IMSI2)) != 0)
		CU_ASSERT_EQUAL_FATAL(saip_value_set(&values, SAIP_IMSI2,
		    slice_of(imsi2, sizeof(imsi2))), 0);
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
		UNIT_CASE(lint_of_a_pattern),
		UNIT_CASE(lint_of_a_template),
		UNIT_CASE(lint_each_rule),
		UNIT_CASE(lint_rules_kept),
		UNIT_CASE(lint_page),
		UNIT_CASE(lint_says_where),
		UNIT_CASE(lint_of_others),
		UNIT_CASE(lint_broken_bytes),
	};

	return unit_main("lint", cases, NELEM(cases));
}
