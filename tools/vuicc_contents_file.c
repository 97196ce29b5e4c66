/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_contents.h"

#include <string.h>

#include "base/der.h"

#define FILE_FCP	0xA1
#define FILE_OFFSET	0x82
#define FILE_CONTENT	0x83
#define FCP_DESCRIPTOR	0x82

/* Contents go to where the last ones ended; an offset moves on from there. */
size_t
vuicc_file_image(struct slice file, uint8_t *out, size_t size)
{
	struct der	 d;
	uint64_t	 by;
	size_t		 at = 0, top = 0, n;

	memset(out, 0xff, size);
	while (file.len > 0 && der_next(&file, &d) == 0) {
		if (d.tag == FILE_OFFSET && der_uint(d.value, &by) == 0 &&
		    by <= 0xffff)
			at += (size_t)by;
		if (d.tag != FILE_CONTENT)
			continue;
		n = at < size ? size - at : 0;
		n = n < d.value.len ? n : d.value.len;
		if (n > 0)
			memcpy(out + at, d.value.p, n);
		at += d.value.len;
		top = at > top ? at : top;
	}
	return top < size ? top : size;
}

size_t
vuicc_file_record(struct slice file)
{
	struct der	 fcp, d;

	/* 42 21 and two octets: linear fixed, of records this long. */
	if (der_find(file, FILE_FCP, &fcp) != 0 ||
	    der_find(fcp.value, FCP_DESCRIPTOR, &d) != 0 || d.value.len < 4)
		return 0;
	return (size_t)d.value.p[2] << 8 | d.value.p[3];
}

void
vuicc_swapped(const uint8_t *p, size_t n, struct buf *out)
{
	static const char	 digit[] = "0123456789*#abc";
	size_t			 i;
	unsigned		 half;

	for (i = 0; i < 2 * n; i++) {
		half = i % 2 == 0 ? p[i / 2] & 0xfu : p[i / 2] >> 4;
		if (half == 0xf)
			return;
		buf_add_u8(out, (uint8_t)digit[half]);
	}
}
