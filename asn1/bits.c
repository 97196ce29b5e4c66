/* SPDX-License-Identifier: Apache-2.0 */
/* Named bits, and a signature's wrapper: no asn1c needed. */
#include "asn1/rsp.h"
#include "base/der.h"

#define TAG_SIGNATURE	0x5f37

void
sig_tlv(struct buf *b, struct slice signature)
{
	der_add(b, TAG_SIGNATURE, signature);
}

int
sig_untlv(struct slice tlv, struct slice *out)
{
	struct der	 d;

	if (der_whole(tlv, TAG_SIGNATURE, &d) != 0 || d.value.len != SIG_LEN)
		return DPE_SYNTAX;
	*out = d.value;
	return 0;
}

bool
bits_has(struct bits b, unsigned n)
{
	if (n >= 8 * b.octets.len ||
	    (n / 8 == b.octets.len - 1 && n % 8 >= 8 - b.unused))
		return false;
	return (b.octets.p[n / 8] >> (7 - n % 8) & 1) != 0;
}

bool
bits_fit(unsigned mask)
{
	return mask >> BITS_NAMED == 0;
}

struct bits
bits_named(unsigned mask, uint8_t *octet)
{
	struct bits	 b = {0};
	unsigned	 n, last = 0;

	*octet = 0;
	for (n = 0; n < BITS_NAMED; n++)
		if ((mask >> n & 1) != 0) {
			*octet = (uint8_t)(*octet | 0x80 >> n);
			last = n + 1;
		}
	b.octets = slice_of(octet, last > 0);
	b.unused = last > 0 ? 8 - last : 0;
	return b;
}

unsigned
bits_mask(struct bits b)
{
	unsigned	 mask = 0, n;

	for (n = 0; n < 32; n++)
		if (bits_has(b, n))
			mask |= 1u << n;
	return mask;
}
