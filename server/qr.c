/* SPDX-License-Identifier: Apache-2.0 */
#include "server/qr.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>
#include <qrencode.h>

/* The address lies between the first and the second '$'. */
static char *
qr_upper(const char *code)
{
	char	*s = xstrdup(code), *p;

	if ((p = strchr(s, '$')) == NULL)
		return s;
	for (p++; *p != '\0' && *p != '$'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return s;
}

static QRcode *
qr_encode(const char *text)
{
	QRcode	*q = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

	if (q == NULL && errno == ENOMEM)
		abort();
	return q;
}

/* Take the text with its modules, which hold more than light and dark. */
static void
qr_fill(struct qr *out, const QRcode *q, char *text)
{
	uint8_t	*to;
	size_t	 i;

	out->text = text;
	out->size = (size_t)q->width;
	to = buf_grow(&out->dark, out->size * out->size);
	for (i = 0; i < out->size * out->size; i++)
		to[i] = q->data[i] & 1;
}

int
qr_make(const char *code, struct qr *out)
{
	char	*upper = qr_upper(code), *text = xstrdup(code);
	QRcode	*a, *b;
	int	 r = 0;

	memset(out, 0, sizeof(*out));
	a = qr_encode(text);
	b = qr_encode(upper);
	if (b != NULL && (a == NULL || b->width < a->width)) {
		qr_fill(out, b, upper);
		upper = NULL;
	} else if (a != NULL) {
		qr_fill(out, a, text);
		text = NULL;
	} else
		r = DPE_RANGE;
	QRcode_free(a);
	QRcode_free(b);
	free(upper);
	free(text);
	return r;
}

void
qr_free(struct qr *q)
{
	buf_free(&q->dark);
	free(q->text);
	memset(q, 0, sizeof(*q));
}

bool
qr_dark(const struct qr *q, long x, long y)
{
	long	 n = (long)q->size;

	return x >= 0 && y >= 0 && x < n && y < n &&
	    q->dark.p[(size_t)(y * n + x)] != 0;
}

/*
 * Black on white is set by escape sequences, because scanners want it that way
 * round whatever the terminal's colours are.
 */
void
qr_terminal(const struct qr *q, struct buf *out)
{
	static const char *const	 half[] = {
		" ", "\xe2\x96\x80", "\xe2\x96\x84", "\xe2\x96\x88"
	};
	long	 x, y, end = (long)q->size + QR_QUIET;

	for (y = -QR_QUIET; y < end; y += 2) {
		buf_add_str(out, "\033[38;5;16;48;5;231m");
		for (x = -QR_QUIET; x < end; x++)
			buf_add_str(out, half[(qr_dark(q, x, y) ? 1 : 0) |
			    (qr_dark(q, x, y + 1) ? 2 : 0)]);
		buf_add_str(out, "\033[0m\n");
	}
}

/* One path; a run of dark modules in a row is one rectangle of it. */
void
qr_svg(const struct qr *q, struct buf *out)
{
	long	 x, y, run, n = (long)q->size, side = n + 2 * QR_QUIET;

	buf_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%ldmm\" "
	    "height=\"%ldmm\" viewBox=\"0 0 %ld %ld\" "
	    "shape-rendering=\"crispEdges\">\n"
	    "<rect width=\"%ld\" height=\"%ld\" fill=\"#fff\"/>\n<path d=\"",
	    side, side, side, side, side, side);
	for (y = 0; y < n; y++)
		for (x = 0; x < n; x += run) {
			for (run = 0; qr_dark(q, x + run, y); run++)
				;
			if (run > 0)
				buf_addf(out, "M%ld %ldh%ldv1h-%ldz",
				    x + QR_QUIET, y + QR_QUIET, run, run);
			else
				run = 1;
		}
	buf_add_str(out, "\" fill=\"#000\"/>\n</svg>\n");
}

static void
png_sink(png_structp png, png_bytep p, png_size_t n)
{
	buf_add(png_get_io_ptr(png), p, n);
}

static void
png_flush_nothing(png_structp png)
{
	(void)png;
}

/* One row of modules, bits of 1 are white. */
static void
png_row(const struct qr *q, long y, unsigned scale, struct buf *row)
{
	size_t	 side = (q->size + 2 * QR_QUIET) * scale, i;
	uint8_t	*p;

	buf_cut(row, 0);
	p = buf_grow(row, (side + 7) / 8);
	memset(p, 0xff, (side + 7) / 8);
	for (i = 0; i < side; i++)
		if (qr_dark(q, (long)(i / scale) - QR_QUIET, y))
			p[i / 8] = (uint8_t)(p[i / 8] & ~(0x80 >> (i % 8)));
}

int
qr_png(const struct qr *q, unsigned scale, struct buf *out)
{
	png_structp	 png;
	png_infop	 info = NULL;
	struct buf	 row = { 0 };
	png_uint_32	 side = (png_uint_32)(q->size + 2 * QR_QUIET) * scale;
	long		 y;
	unsigned	 i;
	volatile int	 r = DPE_IO;

	png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	if (png == NULL || (info = png_create_info_struct(png)) == NULL)
		abort();
	if (setjmp(png_jmpbuf(png)) != 0)
		goto out;
	png_set_write_fn(png, out, png_sink, png_flush_nothing);
	png_set_IHDR(png, info, side, side, 1, PNG_COLOR_TYPE_GRAY,
	    PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
	    PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (y = -QR_QUIET; y < (long)q->size + QR_QUIET; y++) {
		png_row(q, y, scale, &row);
		for (i = 0; i < scale; i++)
			png_write_row(png, row.p);
	}
	png_write_end(png, info);
	r = 0;
out:
	png_destroy_write_struct(&png, &info);
	buf_free(&row);
	return r;
}
