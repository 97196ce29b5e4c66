/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ISD-R: ES10a, ES10b and ES10c (SGP.22 5.7.3 to 5.7.22) in front of the
 * card.  A command is one TLV as STORE DATA brought it; its answer is one, or
 * nothing.
 */
#ifndef TOOLS_VUICC_ES10_H
#define TOOLS_VUICC_ES10_H

#include "base/der.h"
#include "tools/vuicc_apdu.h"
#include "tools/vuicc_card.h"

enum es10_step {
	ES10_NONE,
	ES10_CHALLENGED,	/* after GetEuiccChallenge */
	ES10_AUTHENTICATED,	/* after AuthenticateServer */
	ES10_PREPARED		/* after PrepareDownload */
};

/* A BoundProfilePackage that comes in the pieces of 2.5.5. */
struct es10_bpp {
	struct buf	sofar;
	size_t		whole;		/* octets it will have */
	size_t		group;		/* octets left in A1 or A3 */
	unsigned	next;		/* which part follows */
};

struct vuicc_es10 {
	struct vuicc_card	*card;		/* borrowed */
	struct vuicc_session	 s;
	enum es10_step		 step;
	struct es10_bpp		 bpp;
	struct why		 why;	/* of the last refusal, "" for none */
};

void	vuicc_es10_init(struct vuicc_es10 *e, struct vuicc_card *card);
void	vuicc_es10_free(struct vuicc_es10 *e);
/*
 * For struct vuicc_apdu: arg is a struct vuicc_es10.  The card's state is
 * saved before it returns.
 */
unsigned vuicc_es10_call(void *arg, struct slice command, struct buf *answer);

/* The functions, each given the value inside its tag; a status word. */
unsigned	es10a_addresses(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF3C */
unsigned	es10a_set_default(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF3F */
unsigned	es10b_challenge(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF2E */
unsigned	es10b_info1(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF20 */
unsigned	es10b_info2(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF22 */
unsigned	es10b_authenticate(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF38 */
unsigned	es10b_prepare(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF21 */
unsigned	es10b_cancel(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF41 */
unsigned	es10b_rat(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF43 */
unsigned	es10b_list(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF28 */
unsigned	es10b_retrieve(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF2B */
unsigned	es10b_sent(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF30 */
unsigned	es10c_profiles(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF2D */
unsigned	es10c_enable(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF31 */
unsigned	es10c_disable(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF32 */
unsigned	es10c_delete(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF33 */
unsigned	es10c_reset(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF34 */
unsigned	es10c_eid(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF3E */
unsigned	es10c_nickname(struct vuicc_es10 *e, struct slice in,
		    struct buf *out);		/* BF29 */

/* One piece of a package, BF36 or what follows it; BF37 with the last. */
unsigned	es10b_load(struct vuicc_es10 *e, struct slice piece,
		    struct buf *out);
bool		es10b_load_continues(const struct vuicc_es10 *e, uint32_t tag);

/* Forget the session, and a package that was begun. */
void		es10_forget(struct vuicc_es10 *e);
/* Append tag { 80 result }. */
void		es10_result(struct buf *out, uint32_t tag, unsigned result);
/* A BIT STRING's value of at most 8 named bits as a mask. DPE_SYNTAX. */
MUST_CHECK int	es10_bits(struct slice value, unsigned *mask);
/* The profile of 4F or 5A, which d is; NULL when there is none. */
struct vuicc_profile *es10_profile(struct vuicc_es10 *e, const struct der *d);

#endif
