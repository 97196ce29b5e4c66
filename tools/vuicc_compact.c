/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_compact.h"

#include "base/der.h"

#define TAG_PREPARE	0xbf21
#define TAG_AUTH	0xbf38
#define TAG_CANCEL	0xbf41

/* The members of the signed part that the eIM cannot know by itself. */
static int
compact_signed(uint32_t message, struct slice in, struct buf *out)
{
	struct der	 d;
	int		 r;

	while (in.len > 0) {
		if ((r = der_next(&in, &d)) != 0)
			return r;
		if ((message == TAG_PREPARE && d.tag == 0x80) ||
		    (message == TAG_CANCEL && d.tag != 0x82))
			continue;
		buf_add_slice(out, d.raw);
	}
	der_wrap(out, 0, 0x30);
	return 0;
}

/* Content of A0 to content of A2: no certificates, the signature as it is. */
static int
compact_ok(uint32_t message, struct slice in, struct buf *out)
{
	struct der	 data, sig;
	int		 r;

	if ((r = der_expect(&in, 0x30, &data)) != 0 ||
	    (r = der_expect(&in, 0x5F37, &sig)) != 0 ||
	    (r = compact_signed(message, data.value, out)) != 0)
		return r;
	buf_add_slice(out, sig.raw);
	return 0;
}

void
vuicc_compact(struct buf *der)
{
	struct slice	 in = buf_slice(der);
	struct buf	 out = {0};
	struct der	 d, ok;
	uint32_t	 tag = der_peek(in);

	if ((tag == TAG_AUTH || tag == TAG_PREPARE || tag == TAG_CANCEL) &&
	    der_whole(in, tag, &d) == 0 &&
	    der_whole(d.value, 0xA0, &ok) == 0 &&
	    compact_ok(tag, ok.value, &out) == 0) {
		der_wrap(&out, 0, 0xA2);
		der_wrap(&out, 0, tag);
		buf_set(der, buf_slice(&out));
	}
	buf_free(&out);
}
