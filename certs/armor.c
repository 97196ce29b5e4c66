/* SPDX-License-Identifier: Apache-2.0 */
/* The forms in which a certificate or a CRL lies in a file. */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/der.h"
#include "base/file.h"
#include "base/limits.h"
#include "certs/internal.h"

/* What stands between BEGIN and END of this label. DPE_NOTFOUND. */
static int
pem_body(struct slice text, const char *label, struct slice *body)
{
	char		 mark[64];
	const uint8_t	*from, *to;
	int		 n;

	if (text.len == 0)
		return DPE_NOTFOUND;
	n = snprintf(mark, sizeof(mark), "-----BEGIN %s-----", label);
	from = memmem(text.p, text.len, mark, (size_t)n);
	if (from == NULL)
		return DPE_NOTFOUND;
	from += n;
	text = slice_of(from, (size_t)(text.p + text.len - from));
	n = snprintf(mark, sizeof(mark), "-----END %s-----", label);
	to = memmem(text.p, text.len, mark, (size_t)n);
	if (to == NULL)
		return DPE_SYNTAX;
	*body = slice_of(from, (size_t)(to - from));
	return 0;
}

/* base64_decode() wants no line breaks. */
static int
base64_lines(struct slice text, struct buf *out)
{
	struct buf	 bare = {0};
	size_t		 i;
	int		 r;

	buf_reserve(&bare, text.len);
	for (i = 0; i < text.len; i++)
		if (memchr(" \t\r\n", text.p[i], 4) == NULL)
			buf_add_u8(&bare, text.p[i]);
	r = base64_decode(buf_slice(&bare), out);
	buf_free(&bare);
	return r;
}

int
armor_open(struct slice text, const char *label, struct buf *der)
{
	struct slice	 body = text;
	struct der	 d;
	size_t		 at = der->len;
	int		 r;

	if (der_whole(text, 0x30, &d) == 0) {
		buf_add_slice(der, text);
		return 0;
	}
	r = pem_body(text, label, &body);
	if (r == DPE_SYNTAX || base64_lines(body, der) != 0)
		return DPE_SYNTAX;
	if (der_whole(slice_sub(buf_slice(der), at, der->len), 0x30, &d) != 0) {
		buf_cut(der, at);
		return DPE_SYNTAX;
	}
	return 0;
}

int
cert_load(const char *path, struct buf *der, struct why *why)
{
	struct buf	 text = {0};
	int		 r;

	if ((r = file_read(path, LIM_PEM, &text, why)) == 0 &&
	    (r = armor_open(buf_slice(&text), "CERTIFICATE", der)) != 0)
		why_set(why, r, "%s: no certificate, neither PEM nor DER",
		    path);
	buf_free(&text);
	return r;
}
