/* SPDX-License-Identifier: Apache-2.0 */
/* StoreMetadata of a type: what is said, what is left out, how much there is. */
#include <string.h>

#include "asn1/rsp.h"
#include "base/limits.h"
#include "certs/bsp.h"
#include "server/rsp/metadata.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

#define ICCID	"8900010000000000019"

static bool
has(const struct buf *b, const char *octets, size_t n)
{
	size_t	 i;

	for (i = 0; i + n <= b->len; i++)
		if (memcmp(b->p + i, octets, n) == 0)
			return true;
	return false;
}

/* DER has no default values, and no empty lists. */
void
metadata_of_nothing(void)
{
	struct ptype		 t = { .spn = "S", .profile_name = "N",
				    .icon_type = -1, .profile_class = 2 };
	struct store_metadata	 m;
	struct buf		 b = {0};

	CU_ASSERT_EQUAL(metadata_build(&t, ICCID, "a.example", &b), 0);
	unit_same("metadata", buf_slice(&b), slice_of("\xbf\x25\x12"
	    "\x5a\x0a\x98\x00\x10\x00\x00\x00\x00\x00\x10\xf9"
	    "\x91\x01S\x92\x01N", 21));
	buf_cut(&b, 0);
	t.profile_class = 0;
	CU_ASSERT_EQUAL(metadata_build(&t, ICCID, "a.example", &b), 0);
	CU_ASSERT_TRUE(has(&b, "\x95\x01\x00", 3));
	CU_ASSERT_EQUAL(store_metadata_decode(buf_slice(&b), &m), 0);
	CU_ASSERT_EQUAL(m.profile_class, 0);
	CU_ASSERT_EQUAL(m.n_notify, 0);
	CU_ASSERT_EQUAL(m.owner_plmn.len, 0);
	msg_free(&m.msg);
	buf_free(&b);
}

/* All there is, as long as it may be: two segments, and not more. */
void
metadata_of_everything(void)
{
	struct ptype		 t = { .icon_type = 1, .profile_class = 1,
				    .owner = "310-410", .ppr = 6, .notify = 15,
				    .n_to = TYPE_TO_MAX };
	struct store_metadata	 m;
	struct buf		 b = {0};
	size_t			 i;

	memset(t.spn, 's', 32);
	memset(t.profile_name, 'n', 64);
	memset(t.gid1, 'A', 2 * LIM_GID);
	memset(t.gid2, 'B', 2 * LIM_GID);
	memset(buf_grow(&t.icon, LIM_ICON), 'i', LIM_ICON);
	for (i = 0; i < TYPE_TO_MAX; i++) {
		t.to[i].events = 1u << i % 4;
		memset(t.to[i].address, 'a' + (int)i, 400 / TYPE_TO_MAX);
	}
	CU_ASSERT_EQUAL(metadata_build(&t, ICCID, "smdp.example.com", &b), 0);
	CU_ASSERT_EQUAL(seg_count(0x88, b.len), 2);
	CU_ASSERT_EQUAL_FATAL(store_metadata_decode(buf_slice(&b), &m), 0);
	CU_ASSERT_EQUAL(m.icon.len, LIM_ICON);
	CU_ASSERT_EQUAL(m.n_notify, 1 + TYPE_TO_MAX);
	CU_ASSERT_EQUAL(m.notify[0].events, 15);
	CU_ASSERT_EQUAL(m.notify[4].events, 8);
	CU_ASSERT_EQUAL(m.notify[7].address.p[0], 'g');
	CU_ASSERT_EQUAL(m.owner_gid1.len, LIM_GID);
	CU_ASSERT_EQUAL(m.owner_gid2.p[0], 0xbb);
	CU_ASSERT_EQUAL(m.ppr, 6);
	msg_free(&m.msg);
	/* What cannot fit is refused, not cut. */
	memset(t.to[0].address, 'x', LIM_HOST);
	memset(t.to[1].address, 'x', LIM_HOST);
	memset(t.to[2].address, 'x', LIM_HOST);
	buf_cut(&b, 0);
	CU_ASSERT_EQUAL(metadata_build(&t, ICCID, "smdp.example.com", &b),
	    DPE_RANGE);
	ptype_free(&t);
	buf_free(&b);
}
