/* SPDX-License-Identifier: Apache-2.0 */
/*
 * QR codes are read back here by a reader of our own: format word, mask,
 * placement and segments, for versions up to 3 (one block, no interleaving).
 */
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "server/qr.h"
#include "tests/unit/admin_unit.h"

#define TOKEN	"K7QX2-9MZ4T-0A8WE-R5JDN"
#define CODE	"LPA:1$esim.provisioning.example.com$" TOKEN
#define UPPER	"LPA:1$ESIM.PROVISIONING.EXAMPLE.COM$" TOKEN

struct bits {
	uint8_t	bit[29 * 29];
	size_t	n, at;
};

static bool
is_function(long n, long x, long y)
{
	if (x == 6 || y == 6 || (x < 9 && y < 9) ||
	    (x >= n - 8 && y < 9) || (x < 9 && y >= n - 8))
		return true;
	return n > 21 && labs(x - (n - 7)) <= 2 && labs(y - (n - 7)) <= 2;
}

static bool
is_masked(int mask, long x, long y)
{
	switch (mask) {
	case 0:
		return (x + y) % 2 == 0;
	case 1:
		return y % 2 == 0;
	case 2:
		return x % 3 == 0;
	case 3:
		return (x + y) % 3 == 0;
	case 4:
		return (y / 2 + x / 3) % 2 == 0;
	case 5:
		return x * y % 2 + x * y % 3 == 0;
	case 6:
		return (x * y % 2 + x * y % 3) % 2 == 0;
	default:
		return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

/* The five data bits of the format word: level and mask. */
static int
read_format(const struct qr *q)
{
	int	 v = 0;
	long	 x;

	for (x = 0; x < 5; x++)
		v = v << 1 | qr_dark(q, x, 8);
	return v ^ 0x15;
}

static void
read_bits(const struct qr *q, struct bits *b)
{
	long	 n = (long)q->size, right, i, x, y;
	int	 mask = read_format(q) & 7;
	bool	 up = true;

	memset(b, 0, sizeof(*b));
	for (right = n - 1; right > 0; right -= 2) {
		if (right == 6)
			right--;
		for (i = 0; i < 2 * n; i++) {
			y = up ? n - 1 - i / 2 : i / 2;
			x = right - i % 2;
			if (!is_function(n, x, y))
				b->bit[b->n++] = qr_dark(q, x, y) !=
				    is_masked(mask, x, y);
		}
		up = !up;
	}
}

static unsigned
take(struct bits *b, int n)
{
	unsigned	 v = 0;

	while (n-- > 0 && b->at < b->n)
		v = v << 1 | b->bit[b->at++];
	return v;
}

static void
read_alnum(struct bits *b, struct buf *out)
{
	static const char	 set[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	unsigned		 n = take(b, 9), v;

	for (; n >= 2; n -= 2) {
		v = take(b, 11);
		buf_add_u8(out, (uint8_t)set[v / 45 % 45]);
		buf_add_u8(out, (uint8_t)set[v % 45]);
	}
	if (n == 1)
		buf_add_u8(out, (uint8_t)set[take(b, 6) % 45]);
}

static void
read_numeric(struct bits *b, struct buf *out)
{
	unsigned	 n = take(b, 10);

	for (; n >= 3; n -= 3)
		buf_addf(out, "%03u", take(b, 10));
	if (n == 2)
		buf_addf(out, "%02u", take(b, 7));
	else if (n == 1)
		buf_addf(out, "%u", take(b, 4));
}

static void
read_text(const struct qr *q, struct buf *out)
{
	struct bits	 b;
	unsigned	 mode, n;

	read_bits(q, &b);
	while ((mode = take(&b, 4)) != 0) {
		if (mode == 1)
			read_numeric(&b, out);
		else if (mode == 2)
			read_alnum(&b, out);
		else if (mode == 4)
			for (n = take(&b, 8); n > 0; n--)
				buf_add_u8(out, (uint8_t)take(&b, 8));
		else
			return;
	}
}

static void
same_text(const char *code, const char *want, size_t size)
{
	struct qr	 q;
	struct buf	 got = { 0 };

	CU_ASSERT_EQUAL_FATAL(qr_make(code, &q), 0);
	CU_ASSERT_EQUAL(q.size, size);
	CU_ASSERT_STRING_EQUAL(q.text, want);
	CU_ASSERT_EQUAL(read_format(&q) >> 3, 0);	/* level M */
	read_text(&q, &got);
	unit_same("text", buf_slice(&got), slice_str(want));
	buf_free(&got);
	qr_free(&q);
}

/* The address is the only part that may change its case. */
static void
qr_upper_is_smaller(void)
{
	same_text(CODE, UPPER, 29);
	same_text("LPA:1$a.b$AB", "LPA:1$a.b$AB", 21);
}

static void
qr_case_of_token_is_kept(void)
{
	same_text("LPA:1$x.example$abc-1", "LPA:1$x.example$abc-1", 25);
}

static void
qr_too_long(void)
{
	char		 text[4000];
	struct qr	 q;

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	CU_ASSERT_EQUAL(qr_make(text, &q), DPE_RANGE);
	qr_free(&q);
}

static void
qr_on_a_terminal(void)
{
	struct qr	 q;
	struct buf	 b = { 0 };
	const char	*p;
	size_t		 lines = 0, halves = 0;

	CU_ASSERT_EQUAL_FATAL(qr_make(CODE, &q), 0);
	qr_terminal(&q, &b);
	for (p = buf_cstr(&b); *p != '\0'; p++)
		lines += *p == '\n';
	CU_ASSERT_EQUAL(lines, (q.size + 2 * QR_QUIET + 1) / 2);
	/* Two rows of light, then the finder's upper edge, seven dark. */
	p = buf_cstr(&b);
	p = strchr(strchr(p, '\n') + 1, '\n') + 1;
	p = strchr(p, 'm') + 1;
	CU_ASSERT_EQUAL(strncmp(p, "    ", 4), 0);
	for (p += 4; strncmp(p, "\xe2\x96", 2) == 0; p += 3)
		halves++;
	CU_ASSERT_EQUAL(halves, 7);
	buf_free(&b);
	qr_free(&q);
}

/* The area of all rectangles of the path is that of the dark modules. */
static void
qr_as_svg(void)
{
	struct qr	 q;
	struct buf	 b = { 0 };
	const char	*p;
	size_t		 dark = 0, drawn = 0, i;

	CU_ASSERT_EQUAL_FATAL(qr_make(CODE, &q), 0);
	qr_svg(&q, &b);
	for (i = 0; i < q.dark.len; i++)
		dark += q.dark.p[i];
	p = buf_cstr(&b);
	CU_ASSERT_EQUAL(strncmp(p, "<?xml ", 6), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(p, "viewBox=\"0 0 37 37\""));
	CU_ASSERT_STRING_EQUAL(p + strlen(p) - 7, "</svg>\n");
	for (p = strstr(p, " d=\"M") + 4; *p == 'M'; p = strchr(p, 'z') + 1)
		drawn += strtoul(strchr(p, 'h') + 1, NULL, 10);
	CU_ASSERT_EQUAL(drawn, dark);
	buf_free(&b);
	qr_free(&q);
}

static int
png_read(struct slice s, uint8_t *rows, size_t size)
{
	png_image	 im;

	memset(&im, 0, sizeof(im));
	im.version = PNG_IMAGE_VERSION;
	if (png_image_begin_read_from_memory(&im, s.p, s.len) == 0)
		return DPE_SYNTAX;
	im.format = PNG_FORMAT_GRAY;
	if (PNG_IMAGE_SIZE(im) != size ||
	    png_image_finish_read(&im, NULL, rows, 0, NULL) == 0) {
		png_image_free(&im);
		return DPE_SYNTAX;
	}
	return 0;
}

static void
qr_as_png(void)
{
	static const uint8_t	 head[] = {
		0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
		0, 0, 0, 13, 'I', 'H', 'D', 'R',
		0, 0, 0, 37 * 4, 0, 0, 0, 37 * 4, 1, 0
	};
	struct qr		 q;
	struct buf		 b = { 0 };
	uint8_t			 rows[37 * 4][37 * 4];

	CU_ASSERT_EQUAL_FATAL(qr_make(CODE, &q), 0);
	CU_ASSERT_EQUAL_FATAL(qr_png(&q, 4, &b), 0);
	unit_same("head", slice_sub(buf_slice(&b), 0, sizeof(head)),
	    slice_of(head, sizeof(head)));
	CU_ASSERT_EQUAL_FATAL(png_read(buf_slice(&b), rows[0],
	    sizeof(rows)), 0);
	CU_ASSERT_EQUAL(rows[0][0], 255);
	CU_ASSERT_EQUAL(rows[15][16], 255);	/* quiet */
	CU_ASSERT_EQUAL(rows[16][16], 0);	/* the finder's corner */
	CU_ASSERT_EQUAL(rows[20][20], 255);
	CU_ASSERT_EQUAL(rows[24][24], 0);
	buf_free(&b);
	qr_free(&q);
}

const struct unit_case	unit_qr[] = {
	UNIT_CASE(qr_upper_is_smaller),
	UNIT_CASE(qr_case_of_token_is_kept),
	UNIT_CASE(qr_too_long),
	UNIT_CASE(qr_on_a_terminal),
	UNIT_CASE(qr_as_svg),
	UNIT_CASE(qr_as_png)
};
const size_t	unit_qr_n = NELEM(unit_qr);
