/* SPDX-License-Identifier: Apache-2.0 */
/* Framing and segment sizes of a BoundProfilePackage, 2.5.3 and 2.5.4. */
#include "asn1/rsp.h"
#include "base/der.h"

#define TAG_BPP		0xbf36
#define TAG_CLEAR	0x88

void
bpp_frame_groups(const struct bpp_parts *p, struct buf *out)
{
	der_add(out, 0xa0, p->a0);
	der_add(out, 0xa1, p->a1);
	if (p->a2.len > 0)
		der_add(out, 0xa2, p->a2);
	der_add(out, 0xa3, p->a3);
}

void
bpp_frame_whole(struct slice bf23, struct slice groups, struct buf *out)
{
	size_t	 n = bf23.len + groups.len;

	buf_reserve(out, der_head_size(TAG_BPP, n) + n);
	der_add_head(out, TAG_BPP, n);
	buf_add_slice(out, bf23);
	buf_add_slice(out, groups);
}

static size_t
seg_max(uint8_t tag)
{
	return tag == TAG_CLEAR ? SEG_CLEAR_MAX : SEG_PLAIN_MAX;
}

size_t
seg_count(uint8_t tag, size_t len)
{
	size_t	 max = seg_max(tag);

	return len / max + (len % max != 0);
}

bool
seg_next(uint8_t tag, struct slice *rest, struct slice *seg)
{
	if (rest->len == 0)
		return false;
	*seg = slice_sub(*rest, 0, seg_max(tag));
	*rest = slice_sub(*rest, seg->len, rest->len - seg->len);
	return true;
}
