/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "tests/unit/test_vuicc.h"

#define ALL	128

static size_t
append(struct unit_case *all, size_t n, const struct unit_case *more,
    size_t k)
{
	memcpy(all + n, more, k * sizeof(*more));
	return n + k;
}

int
main(void)
{
	struct unit_case	 all[ALL];
	size_t			 n = 0;

	n = append(all, n, test_vuicc_unbsp, test_vuicc_unbsp_n);
	n = append(all, n, test_vuicc_forged, test_vuicc_forged_n);
	n = append(all, n, test_vuicc_upp, test_vuicc_upp_n);
	n = append(all, n, test_vuicc_contents, test_vuicc_contents_n);
	n = append(all, n, test_vuicc_odd, test_vuicc_odd_n);
	n = append(all, n, test_vuicc_state, test_vuicc_state_n);
	n = append(all, n, test_vuicc_card, test_vuicc_card_n);
	n = append(all, n, test_vuicc_load, test_vuicc_load_n);
	n = append(all, n, test_vuicc_orders, test_vuicc_orders_n);
	n = append(all, n, test_vuicc_eim, test_vuicc_eim_n);
	n = append(all, n, test_vuicc_apdu, test_vuicc_apdu_n);
	n = append(all, n, test_vuicc_es10, test_vuicc_es10_n);
	n = append(all, n, test_vuicc_es10c, test_vuicc_es10c_n);
	n = append(all, n, test_vuicc_lpac, test_vuicc_lpac_n);
	return unit_main("vuicc", all, n);
}
