/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/eligible.h"

#include <inttypes.h>

#include "base/der.h"
#include "server/rsp/refusal.h"
#include "server/saip/saip.h"

/* bits of rspCapability */
#define RSP_CAP_ADDITIONAL_PROFILE	0
#define RSP_CAP_TEST_PROFILE		3

#define CLASS_TEST	0
#define VERSION_MAX	9	/* majors above are none, but "ABC" and such */
#define CAP_USIM	1
#define CAP_LATER	19	/* from here on bits that v2.2 does not know */

/*
 * Services of a package (spec 06, 1.2) and the bit of uiccCapability (spec 03,
 * section 2) without which they are missing.  Where no bit surely means the
 * service there is no row: the test algorithm, and what came later.
 */
static const uint8_t	services[][2] = {
	{ 0x00, 0 }, { 0x01, CAP_USIM }, { 0x02, 2 }, { 0x03, 3 }, { 0x04, 4 },
	{ 0x05, 6 }, { 0x06, 5 }, { 0x07, 10 }, { 0x08, 11 }, { 0x09, 12 },
	{ 0x0a, 13 }, { 0x0b, 14 }, { 0x0c, 15 }, { 0x0d, 16 }, { 0x0e, 17 },
	{ 0x0f, 18 }, { 0x10, 7 }, { 0x12, CAP_LATER }, { 0x13, 20 },
	{ 0x14, 21 }, { 0x15, 22 }, { 0x16, 23 }, { 0x17, 24 }, { 0x18, 25 }
};

/* A version of profile packages that a card may have; else no conclusion. */
static bool
version_makes_sense(const uint8_t v[3])
{
	return v[0] >= 1 && v[0] <= VERSION_MAX;
}

/* additionalProfilePackageVersions [15]; absent from older cards. */
static bool
version_listed(struct slice info2, int64_t needs)
{
	struct der	 all, list, v;

	if (der_whole(info2, 0xbf22, &all) != 0 ||
	    der_find(all.value, 0xaf, &list) != 0)
		return false;
	while (list.value.len > 0 && der_next(&list.value, &v) == 0)
		if (v.value.len == 3 && v.value.p[0] == needs >> 8 &&
		    v.value.p[1] >= (needs & 0xff))
			return true;
	return false;
}

static int
check_version(const struct euicc_info2 *info, const struct body_needs *n,
    struct why *why)
{
	const uint8_t	*v = info->profile_version;

	if (n->version == 0 || !version_makes_sense(v) ||
	    (v[0] << 8 | v[1]) >= n->version ||
	    version_listed(info->raw, n->version))
		return 0;
	return why_set(why, REFUSE_INELIGIBLE, "profileVersion %u.%u, the "
	    "package needs %u.%u", v[0], v[1], (unsigned)(n->version >> 8),
	    (unsigned)(n->version & 0xff));
}

/*
 * No card is without a USIM: where its bit is not set the string is nonsense.
 * A string that ends before the later bits is of a card that is older than
 * they are, and says nothing of them.
 */
static int
check_services(const struct euicc_info2 *info, const struct body_needs *n,
    struct why *why)
{
	const struct bits	 cap = info->uicc_capability;
	bool			 later;
	size_t			 i;

	if (!bits_has(cap, CAP_USIM))
		return 0;
	later = cap.octets.len * 8 - cap.unused > CAP_LATER;
	for (i = 0; i < NELEM(services); i++)
		if ((n->services >> services[i][0] & 1) != 0 &&
		    (services[i][1] < CAP_LATER || later) &&
		    !bits_has(cap, services[i][1]))
			return why_set(why, REFUSE_INELIGIBLE, "no %s, which "
			    "the package needs",
			    saip_service_name(services[i][0]));
	return 0;
}

static int
check_type(const struct euicc_info2 *info, const struct ptype *t,
    struct why *why)
{
	if (!bits_has(info->rsp_capability, RSP_CAP_ADDITIONAL_PROFILE))
		return why_set(why, REFUSE_INELIGIBLE,
		    "takes no further profile");
	if (info->has_forbidden_ppr &&
	    (bits_mask(info->forbidden_ppr) & t->ppr) != 0)
		return why_set(why, REFUSE_INELIGIBLE,
		    "forbids a policy rule of the profile");
	if (t->profile_class == CLASS_TEST &&
	    !bits_has(info->rsp_capability, RSP_CAP_TEST_PROFILE))
		return why_set(why, REFUSE_INELIGIBLE,
		    "takes no test profile");
	return 0;
}

int
eligible_check(const struct euicc_info2 *info, const struct ptype *t,
    const struct body_needs *needs, struct why *why)
{
	int64_t	 room = eligible_free_nvm(info);
	int	 r;

	if ((r = check_type(info, t, why)) != 0 ||
	    (r = check_version(info, needs, why)) != 0 ||
	    (r = check_services(info, needs, why)) != 0)
		return r;
	if (room >= 0 && room < needs->octets)
		return why_set(why, REFUSE_MEMORY, "%" PRId64 " octets free, "
		    "the package has %" PRId64, room, needs->octets);
	return 0;
}

/* ETSI TS 102 226: a list of whole TLVs, or it is nothing that we know. */
int64_t
eligible_free_nvm(const struct euicc_info2 *info)
{
	struct slice	 in = info->ext_card_resource;
	struct der	 d;
	int64_t		 room = -1;
	uint64_t	 v;
	size_t		 i;

	while (in.len > 0) {
		if (der_next(&in, &d) != 0)
			return -1;
		if (d.tag != 0x82 || room != -1)
			continue;
		if (d.value.len < 1 || d.value.len > 7)
			return -1;
		for (v = i = 0; i < d.value.len; i++)
			v = v << 8 | d.value.p[i];
		room = (int64_t)v;
	}
	return room;
}
