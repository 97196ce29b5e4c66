/* SPDX-License-Identifier: Apache-2.0 */
/* Installing, its result, and the life of a profile with its notifications. */
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc_fix.h"

static const uint8_t	iccid_a[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14
};
static const uint8_t	iccid_b[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x42, 0x14
};
#define TEXT_A	"89000123456789012341"
#define TEXT_B	"89000123456789012441"

/* Prepare, bind and load a profile; meta_of: the ICCID of the metadata. */
static int
load(struct vfix *f, const uint8_t meta_of[10], const uint8_t upp_of[10],
    bool other_metadata)
{
	struct buf	 out = {0}, metadata = {0}, upp = {0}, bpp = {0};
	struct buf	 unused = {0};
	int		 r;

	vfix_again(f);
	vfix_profile(upp_of, &unused, &upp);
	buf_cut(&unused, 0);
	vfix_profile(meta_of, &metadata, &unused);
	if (!other_metadata)
		buf_set(&f->metadata, buf_slice(&metadata));
	CU_ASSERT_EQUAL_FATAL(vfix_prepare(f, NULL, &out), 0);
	vfix_bind(f, buf_slice(&metadata), buf_slice(&upp), &bpp);
	r = vuicc_card_load(&f->card, &f->s, buf_slice(&bpp), NULL, NULL);
	buf_free(&out);
	buf_free(&metadata);
	buf_free(&upp);
	buf_free(&bpp);
	buf_free(&unused);
	return r;
}

/* The i-th pending one is a result that says this, rightly signed. */
static void
check_result(struct vfix *f, size_t i, bool success, long reason)
{
	struct pending_notification	 m;
	struct install_data		 d;

	CU_ASSERT_TRUE_FATAL(i < f->state->n_pending);
	CU_ASSERT_EQUAL_FATAL(pending_notification_decode(
	    buf_slice(&f->state->pending[i].der), &m), 0);
	CU_ASSERT_TRUE_FATAL(m.is_install);
	CU_ASSERT_TRUE(vfix_signed(f, m.data, slice_of(NULL, 0),
	    m.signature));
	CU_ASSERT_EQUAL_FATAL(install_data_decode(m.data, &d), 0);
	CU_ASSERT_EQUAL(d.success, success);
	CU_ASSERT_EQUAL(d.meta.seq, f->state->pending[i].seq);
	unit_same("tid", d.tid, buf_slice(&f->s.tid));
	unit_same("oid", d.smdp_oid, f->s.pb.rid);
	unit_same("address", d.meta.address, buf_slice(&f->s.address));
	unit_same("iccid", d.meta.iccid, slice_of(iccid_a, 10));
	if (success)
		CU_ASSERT_EQUAL(d.aid.len, 16)
	else
		CU_ASSERT_EQUAL(d.reason, reason);
	msg_free(&d.msg);
	msg_free(&m.msg);
}

/* The i-th pending one is another notification of this event. */
static void
check_event(struct vfix *f, size_t i, unsigned event, const uint8_t iccid[10])
{
	struct pending_notification	 m;
	struct notification_meta	 d;

	CU_ASSERT_TRUE_FATAL(i < f->state->n_pending);
	CU_ASSERT_STRING_EQUAL(f->state->pending[i].address,
	    "notify.example");
	CU_ASSERT_EQUAL_FATAL(pending_notification_decode(
	    buf_slice(&f->state->pending[i].der), &m), 0);
	CU_ASSERT_FALSE(m.is_install);
	CU_ASSERT_TRUE(vfix_signed(f, m.data, slice_of(NULL, 0),
	    m.signature));
	unit_same("card", m.euicc_cert, buf_slice(&f->card.euicc_der));
	CU_ASSERT_EQUAL_FATAL(notification_meta_decode(m.data, &d), 0);
	CU_ASSERT_EQUAL(d.events, event);
	CU_ASSERT_EQUAL(d.seq, f->state->pending[i].seq);
	unit_same("iccid", d.iccid, slice_of(iccid, 10));
	msg_free(&d.msg);
	msg_free(&m.msg);
}

static void
installs(void)
{
	struct vfix	 f;
	int		 i;

	for (i = 0; i < 2; i++) {
		vfix_open(&f, i == 1);
		CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_a, false), 0);
		CU_ASSERT_EQUAL(f.state->n_profile, 1);
		CU_ASSERT_STRING_EQUAL(f.state->profile[0].iccid, TEXT_A);
		CU_ASSERT_STRING_EQUAL(f.state->profile[0].provider,
		    "Provider");
		CU_ASSERT_FALSE(f.state->profile[0].enabled);
		CU_ASSERT_EQUAL(f.state->n_pending, 2);
		check_result(&f, 0, true, 0);
		check_event(&f, 1, 1, iccid_a);
		CU_ASSERT_FALSE(f.state->kept.set);
		vfix_close(&f);
	}
}

static void
refuses_twice(void)
{
	struct vfix	 f;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_a, false), 0);
	CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_a, false), DPE_EXISTS);
	CU_ASSERT_EQUAL(f.state->n_profile, 1);
	check_result(&f, 2, false, UNBSP_EXISTS);
	vfix_close(&f);
}

static void
refuses_mismatch(void)
{
	struct vfix	 f;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_b, false), DPE_RANGE);
	check_result(&f, 0, false, UNBSP_MISMATCH);
	/* Other metadata than offered: the LPA's to cancel, no result. */
	CU_ASSERT_EQUAL(load(&f, iccid_b, iccid_b, true), DPE_PEER);
	CU_ASSERT_EQUAL(f.state->n_pending, 1);
	CU_ASSERT_EQUAL(f.state->n_profile, 0);
	vfix_close(&f);
}

static void
fails_as_told(void)
{
	struct vfix	 f;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(vuicc_odd_parse("install-error=11", &f.odds, NULL),
	    0);
	CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_a, false), DPE_STATE);
	check_result(&f, 0, false, UNBSP_INTERRUPTED);
	CU_ASSERT_TRUE(f.state->kept.set);	/* for the retry */
	CU_ASSERT_EQUAL(f.state->n_profile, 0);
	vfix_close(&f);
}

static void
lives(void)
{
	struct vfix	 f;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_a, false), 0);
	CU_ASSERT_EQUAL(load(&f, iccid_b, iccid_b, false), 0);
	CU_ASSERT_EQUAL(vuicc_card_disable(&f.card, TEXT_A, NULL),
	    DPE_STATE);
	CU_ASSERT_EQUAL(vuicc_card_enable(&f.card, TEXT_A, NULL), 0);
	check_event(&f, 4, 2, iccid_a);
	CU_ASSERT_EQUAL(vuicc_card_enable(&f.card, TEXT_A, NULL), DPE_STATE);
	CU_ASSERT_EQUAL(vuicc_card_enable(&f.card, TEXT_B, NULL), 0);
	check_event(&f, 5, 4, iccid_a);
	check_event(&f, 6, 2, iccid_b);
	CU_ASSERT_FALSE(f.state->profile[0].enabled);
	CU_ASSERT_TRUE(f.state->profile[1].enabled);
	CU_ASSERT_EQUAL(vuicc_card_delete(&f.card, TEXT_B, NULL), DPE_STATE);
	CU_ASSERT_EQUAL(vuicc_card_disable(&f.card, TEXT_B, NULL), 0);
	check_event(&f, 7, 4, iccid_b);
	CU_ASSERT_EQUAL(vuicc_card_delete(&f.card, TEXT_B, NULL), 0);
	check_event(&f, 8, 8, iccid_b);
	CU_ASSERT_EQUAL(vuicc_card_delete(&f.card, TEXT_B, NULL),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(f.state->n_profile, 1);
	CU_ASSERT_EQUAL(f.state->seq, 9);
	vfix_close(&f);
}

static void
obeys_policy(void)
{
	struct vfix	 f;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(load(&f, iccid_a, iccid_a, false), 0);
	f.state->profile[0].ppr = 2 | 4;
	CU_ASSERT_EQUAL(vuicc_card_delete(&f.card, TEXT_A, NULL), DPE_STATE);
	CU_ASSERT_EQUAL(vuicc_card_enable(&f.card, TEXT_A, NULL), 0);
	CU_ASSERT_EQUAL(vuicc_card_disable(&f.card, TEXT_A, NULL),
	    DPE_STATE);
	CU_ASSERT_TRUE(f.state->profile[0].enabled);
	vfix_close(&f);
}

const struct unit_case test_vuicc_load[] = {
	UNIT_CASE(installs),
	UNIT_CASE(refuses_twice),
	UNIT_CASE(refuses_mismatch),
	UNIT_CASE(fails_as_told),
	UNIT_CASE(lives),
	UNIT_CASE(obeys_policy),
};
const size_t test_vuicc_load_n = NELEM(test_vuicc_load);
