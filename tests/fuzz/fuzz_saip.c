/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A package and a patch map of any bytes.  Input: how long the map is (u16,
 * big-endian), the map, the package.
 */
#include <stdlib.h>

#include "server/saip/fit.h"
#include "server/saip/testkeys.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* Whatever it is: no owner fits all, and no card takes less than some. */
static void
fuzz_type(struct slice upp, const struct saip_info *info)
{
	static const struct saip_owner nobody = { "", "", "" },
	    owner = { "001-01", "FFFF", "" };
	const char	*known, *lacks;
	enum saip_cards	 cards;
	struct saip_fit	 fit;
	struct why	 why = {""};

	if (saip_fit_read(upp, &fit, &why) != 0)
		fit.n = 0;
	why.text[0] = '\0';
	if (saip_fit_check(&fit, &nobody, NULL) != 0 ||
	    (saip_fit_check(&fit, &owner, &why) != 0) != (fit.n > 0 &&
	    why.text[0] != '\0'))
		abort();
	saip_test_package(upp, info, &known, &cards);
	if (cards > SAIP_CARDS_NONE)
		abort();
	if (saip_patch_lacks(upp, upp, &lacks) == 0 && upp.len > 0 &&
	    lacks == NULL && upp.p[0] != 1)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const uint8_t zero[151];	/* a record of before */
	struct slice	 in = slice_of(p, n), map, upp;
	struct buf	 out = {0}, values = {0};
	struct saip_info info;
	struct saip_needs needs;
	struct why	 why;
	size_t		 m;
	int		 r;

	if (n < 2)
		return 0;
	m = (size_t)p[0] << 8 | p[1];
	map = slice_sub(in, 2, m);
	upp = slice_sub(in, 2 + map.len, n);
	r = saip_check(upp, &info, &why);
	if (r != 0 && r != DPE_SYNTAX && r != DPE_RANGE)
		abort();
	if (r == 0)
		fuzz_type(upp, &info);
	/* What is a package has a header that says the same. */
	m = saip_needs(upp, &needs) != 0;
	if (r == 0 && (m != 0 || needs.major != info.major ||
	    needs.minor != info.minor))
		abort();
	r = saip_patch_check(upp, map, &why);
	if (r != 0 && r != DPE_SYNTAX)
		abort();
	/* What the check lets pass can be personalised, and passes again. */
	if (saip_values_open(slice_of(zero, sizeof(zero)), &values) != 0 ||
	    (saip_personalise(upp, map, buf_slice(&values),
	    &out) == 0) != (r == 0))
		abort();
	buf_free(&values);
	if (r == 0 && (out.len != upp.len || (map.len > 0 &&
	    saip_patch_check(buf_slice(&out), map, &why) != 0)))
		abort();
	buf_free(&out);
	return 0;
}
