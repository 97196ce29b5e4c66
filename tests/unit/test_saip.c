/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_saip.h"

#include <stdlib.h>
#include <string.h>

void
test_saip_consumer(struct buf *upp, struct buf *map)
{
	static const struct saip_product product = {
		.profile_type = "consumer", .spn = "Example",
		.plmn = "001-01"
	};

	CU_ASSERT_EQUAL_FATAL(saip_template("consumer", &product, upp, map,
	    NULL), 0);
}

struct der
test_saip_at(struct slice upp, size_t n, const char *path)
{
	struct slice	 in = upp;
	struct der	 d = {0};
	uint32_t	 tag;
	char		*end;
	size_t		 k;

	for (k = 0; *path != '\0'; k++) {
		tag = (uint32_t)strtoul(path, &end, 16);
		path = *end == '/' ? end + 1 : end;
		do {
			while (in.len > 0 && der_peek(in) != tag)
				if (der_next(&in, &d) != 0)
					break;
			CU_ASSERT_EQUAL_FATAL(der_expect(&in, tag, &d), 0);
		} while (k == 0 && n-- > 0);
		in = d.value;
	}
	return d;
}

struct der
test_saip_entry(struct slice in, uint32_t key, unsigned ref)
{
	struct der	 d = {0}, k;
	uint64_t	 v;

	while (in.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&in, &d), 0);
		if (der_find(d.value, key, &k) == 0 &&
		    der_uint(k.value, &v) == 0 && v == ref)
			return d;
	}
	CU_FAIL_FATAL("no such entry");
	return d;
}

int
main(void)
{
	struct unit_case all[64];
	size_t		 n = 0, i;

	for (i = 0; i < test_saip_check_n; i++)
		all[n++] = test_saip_check_cases[i];
	for (i = 0; i < test_saip_template_n; i++)
		all[n++] = test_saip_template_cases[i];
	for (i = 0; i < test_saip_patch_n; i++)
		all[n++] = test_saip_patch_cases[i];
	for (i = 0; i < test_saip_types_n; i++)
		all[n++] = test_saip_types_cases[i];
	for (i = 0; i < test_saip_values_n; i++)
		all[n++] = test_saip_values_cases[i];
	for (i = 0; i < test_saip_plans_n; i++)
		all[n++] = test_saip_plans_cases[i];
	for (i = 0; i < test_saip_describe_n; i++)
		all[n++] = test_saip_describe_cases[i];
	return unit_main("saip", all, n);
}
