/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/facts.h"

#include <string.h>

#include "base/der.h"
#include "server/saip/walk.h"

#define USIM_EF_AD	0xb5
#define AD_SIZE		4

static bool
all_zero(struct slice s)
{
	while (s.len > 0 && s.p[s.len - 1] == 0)
		s.len--;
	return s.len == 0;
}

/* akaParameter { algoConfiguration A1 { algoParameter A1 }, sqnInit A5 } */
static void
facts_aka(const struct saip_pe *pe, struct saip_facts *out)
{
	struct der	 config, algo, d;
	struct slice	 s;
	uint64_t	 v;

	if (out->algorithm != SAIP_ALGORITHM_NONE ||
	    der_find(pe->value, 0xa1, &config) != 0 ||
	    der_find(config.value, 0xa1, &algo) != 0 ||
	    der_find(algo.value, 0x80, &d) != 0 ||
	    der_uint(d.value, &v) != 0 || v > 255)
		return;
	out->algorithm = (unsigned)v;
	out->sqn_zero = true;
	if (der_find(pe->value, 0xa5, &d) != 0)
		return;
	for (s = d.value; s.len > 0 && der_next(&s, &d) == 0;)
		if (!all_zero(d.value))
			out->sqn_zero = false;
}

static void
facts_usim(const struct saip_pe *pe, struct saip_facts *out)
{
	uint8_t		 ad[AD_SIZE] = { 0 };
	struct der	 d;

	if (der_find(pe->value, USIM_EF_AD, &d) == 0 &&
	    saip_file_image(d.value, ad, AD_SIZE) && (ad[3] & 0xf) == 3)
		out->mnc_digits = 3;
}

int
saip_facts(struct slice upp, struct saip_facts *out)
{
	struct saip_walk w;
	struct saip_pe	 pe;
	bool		 usim = false;
	int		 r;

	memset(out, 0, sizeof(*out));
	out->mnc_digits = 2;
	for (saip_walk_start(&w, upp); saip_walk_more(&w);) {
		if ((r = saip_walk_next(&w, &pe, NULL)) != 0)
			return r;
		if (pe.tag == PE_AKA)
			facts_aka(&pe, out);
		else if (pe.tag == PE_USIM && !usim) {
			usim = true;
			facts_usim(&pe, out);
		}
	}
	return 0;
}
