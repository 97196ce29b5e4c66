/* SPDX-License-Identifier: Apache-2.0 */
/* Channels, blocks of STORE DATA, GET RESPONSE; what is refused. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_apdu.h"

#define ISD_R	"a0000005591010ffffffff8900000100"

/* What was called last, and what it is to answer. */
struct called {
	struct buf	command, answer;
	unsigned	sw, times;
};

static unsigned
call(void *arg, struct slice command, struct buf *answer)
{
	struct called	*c = arg;

	buf_set(&c->command, command);
	buf_add_slice(answer, buf_slice(&c->answer));
	c->times++;
	return c->sw;
}

static void
begin(struct vuicc_apdu *a, struct called *c)
{
	memset(c, 0, sizeof(*c));
	c->sw = SW_OK;
	vuicc_apdu_init(a, call, c);
}

static void
end(struct vuicc_apdu *a, struct called *c)
{
	vuicc_apdu_free(a);
	buf_free(&c->command);
	buf_free(&c->answer);
}

static int
open_aid(struct vuicc_apdu *a, const char *hex)
{
	struct buf	 aid = {0};
	int		 r;

	unit_hex(hex, &aid);
	r = vuicc_apdu_open(a, buf_slice(&aid));
	buf_free(&aid);
	return r;
}

/* Send hex, expect hex. */
static void
sent(struct vuicc_apdu *a, const char *hex, const char *want)
{
	struct buf	 in = {0}, out = {0}, expected = {0};

	unit_hex(hex, &in);
	unit_hex(want, &expected);
	vuicc_apdu_transmit(a, buf_slice(&in), &out);
	unit_same(hex, buf_slice(&out), buf_slice(&expected));
	buf_free(&in);
	buf_free(&out);
	buf_free(&expected);
}

static void
channels(void)
{
	struct vuicc_apdu	 a;
	struct called		 c;

	begin(&a, &c);
	CU_ASSERT_EQUAL(open_aid(&a, "a000000559"), 1);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 2);
	CU_ASSERT_EQUAL(open_aid(&a, "a0000005591010ffffffff89000001ff"),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(open_aid(&a, "a0000005"), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R "00"), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 3);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), DPE_BUSY);
	vuicc_apdu_close(&a, 2);
	vuicc_apdu_close(&a, 99);
	sent(&a, "82e2910002bf20", "6881");	/* closed */
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 2);
	sent(&a, "82e2910002bf20", "9000");
	vuicc_apdu_free(&a);			/* a reset closes all */
	sent(&a, "82e2910002bf20", "6881");
	CU_ASSERT_EQUAL(c.times, 1);
	end(&a, &c);
}

/* A reader that opens channels and selects by APDU. */
static void
channels_by_apdu(void)
{
	struct vuicc_apdu	 a;
	struct called		 c;

	begin(&a, &c);
	sent(&a, "80e2910002bf20", "6985");	/* nothing selected */
	sent(&a, "0070000001", "019000");
	sent(&a, "81e2910002bf20", "6985");
	sent(&a, "01a4040010" ISD_R, "9000");
	sent(&a, "81e2910002bf20", "9000");
	sent(&a, "01a4040010a0000005591010ffffffff8900000999", "6a82");
	sent(&a, "81e2910002bf20", "6985");	/* no longer selected */
	sent(&a, "01a40000023f00", "6a86");
	sent(&a, "00708001", "9000");
	sent(&a, "00708001", "6881");
	sent(&a, "00708000", "6881");
	sent(&a, "00700100", "6a86");
	sent(&a, "00a4040010" ISD_R, "9000");	/* on the basic one, too */
	sent(&a, "80e2910002bf20", "9000");
	CU_ASSERT_EQUAL(c.times, 2);
	end(&a, &c);
}

static void
refuses_bytes(void)
{
	static const char *const	 bad[][2] = {
		{ "", "6700" }, { "81", "6700" }, { "81e291", "6700" },
		{ "81e2910003bf20", "6700" },	/* Lc says more */
		{ "81e2910001bf2000ff", "6700" },	/* two too many */
		{ "81e291000000000000", "6700" },	/* extended length */
		{ "c1e2910002bf20", "6e00" }, { "84e2910002bf20", "6e00" },
		{ "90e2910002bf20", "6e00" }, { "01e2910002bf20", "6e00" },
		{ "81a4040010" ISD_R, "6e00" }, { "8170000001", "6e00" },
		{ "81ca00ff00", "6d00" }, { "8110000000", "6d00" },
		{ "81e2900002bf20", "6a86" }, { "81e2910102bf20", "6a86" },
		{ "81c0000000", "6985" }, { "81c0010000", "6a86" },
		{ "81c00000", "6700" },
	};
	struct vuicc_apdu	 a;
	struct called		 c;
	size_t			 i;

	begin(&a, &c);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 1);
	for (i = 0; i < NELEM(bad); i++)
		sent(&a, bad[i][0], bad[i][1]);
	CU_ASSERT_EQUAL(c.times, 0);
	end(&a, &c);
}

static void
blocks(void)
{
	struct vuicc_apdu	 a;
	struct called		 c;
	struct buf		 want = {0};

	begin(&a, &c);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 1);
	sent(&a, "81e2110003bf2001", "9000");
	sent(&a, "81e21101020203", "9000");
	CU_ASSERT_EQUAL(c.times, 0);
	sent(&a, "81e291020104", "9000");
	unit_hex("bf2001020304", &want);
	unit_same("joined", buf_slice(&c.command), buf_slice(&want));
	sent(&a, "81e211000101", "9000");
	sent(&a, "81e291020103", "6a86");	/* one left out */
	sent(&a, "81e291010102", "6a86");	/* and all is forgotten */
	sent(&a, "81e211000101", "9000");
	sent(&a, "81e291000155", "9000");	/* begins anew */
	unit_same("anew", buf_slice(&c.command), slice_of("\x55", 1));
	/* Two channels do not mix. */
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 2);
	sent(&a, "81e2110001aa", "9000");
	sent(&a, "82e2110001bb", "9000");
	sent(&a, "81e2910101cc", "9000");
	unit_same("first", buf_slice(&c.command), slice_of("\xaa\xcc", 2));
	sent(&a, "82e2910101dd", "9000");
	unit_same("second", buf_slice(&c.command), slice_of("\xbb\xdd", 2));
	buf_free(&want);
	end(&a, &c);
}

/* 256 blocks at most, numbered 0 to 255. */
static void
many_blocks(void)
{
	struct vuicc_apdu	 a;
	struct called		 c;
	struct buf		 out = {0};
	uint8_t			 in[] = { 0x81, 0xe2, 0x11, 0, 1, 7 };
	unsigned		 i, round, good = 0;

	begin(&a, &c);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 1);
	for (round = 0; round < 2; round++)
		for (i = 0; i < 256; i++) {
			in[2] = round == 1 && i == 255 ? 0x91 : 0x11;
			in[3] = (uint8_t)i;
			buf_cut(&out, 0);
			vuicc_apdu_transmit(&a, slice_of(in, sizeof(in)),
			    &out);
			if (out.len == 2 && out.p[0] == 0x90)
				good++;
		}
	CU_ASSERT_EQUAL(good, 512);
	CU_ASSERT_EQUAL(c.command.len, 256);
	CU_ASSERT_EQUAL(c.times, 1);
	buf_free(&out);
	end(&a, &c);
}

static void
answers(void)
{
	struct vuicc_apdu	 a;
	struct called		 c;
	struct buf		 out = {0};
	size_t			 i;

	begin(&a, &c);
	CU_ASSERT_EQUAL(open_aid(&a, ISD_R), 1);
	unit_hex("0102030405", &c.answer);
	sent(&a, "81e2910001aa", "6105");
	sent(&a, "81c0000002", "01026103");
	sent(&a, "81c0000000", "0304059000");
	sent(&a, "81c0000000", "6985");		/* given already */
	sent(&a, "81e2910001aa03", "0102036102");	/* with Le */
	sent(&a, "01c0000002", "04059000");
	sent(&a, "81e2910001aa", "6105");
	sent(&a, "81e2110001aa", "9000");	/* another command: gone */
	sent(&a, "81c0000000", "6985");
	c.sw = SW_DATA;
	sent(&a, "81e2910001aa", "6a80");	/* a refusal has no answer */
	sent(&a, "81c0000000", "6985");
	c.sw = SW_OK;
	buf_cut(&c.answer, 0);
	for (i = 0; i < 600; i++)
		buf_add_u8(&c.answer, (uint8_t)i);
	sent(&a, "81e2910001aa", "6100");	/* 256 or more */
	unit_hex("81c0000000", &out);
	for (i = 0; i < 3; i++) {
		struct buf	 in = {0};

		buf_set(&in, slice_of("\x81\xc0\x00\x00\x00", 5));
		buf_cut(&out, 0);
		vuicc_apdu_transmit(&a, buf_slice(&in), &out);
		CU_ASSERT_EQUAL(out.len, i < 2 ? 258 : 90);
		unit_same("part", slice_sub(buf_slice(&out), 0, out.len - 2),
		    slice_sub(buf_slice(&c.answer), i * 256, 256));
		CU_ASSERT_EQUAL(out.p[out.len - 2], i < 2 ? 0x61 : 0x90);
		CU_ASSERT_EQUAL(out.p[out.len - 1], i == 1 ? 88 : 0);
		buf_free(&in);
	}
	buf_free(&out);
	end(&a, &c);
}

const struct unit_case test_vuicc_apdu[] = {
	UNIT_CASE(channels),
	UNIT_CASE(channels_by_apdu),
	UNIT_CASE(refuses_bytes),
	UNIT_CASE(blocks),
	UNIT_CASE(many_blocks),
	UNIT_CASE(answers),
};
const size_t test_vuicc_apdu_n = NELEM(test_vuicc_apdu);
