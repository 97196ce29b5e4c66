/* SPDX-License-Identifier: Apache-2.0 */
/* The ISD-R before the card of test_vuicc_fix.h. */
#ifndef TESTS_UNIT_TEST_VUICC_ES10_FIX_H
#define TESTS_UNIT_TEST_VUICC_ES10_FIX_H

#include "tests/unit/test_vuicc_fix.h"
#include "tools/vuicc_es10.h"

struct efix {
	struct vfix		 f;
	struct vuicc_es10	 e;
	struct buf		 out;	/* the last answer */
};

void		efix_open(struct efix *x);
void		efix_close(struct efix *x);
/* One command; its status word, its answer in x->out. */
unsigned	efix_call(struct efix *x, struct slice command);
unsigned	efix_hex(struct efix *x, const char *hex);
/* CU_ASSERT: it is answered with this. */
void		efix_same(struct efix *x, const char *hex, const char *want);
/* The steps of a download, each with those before it. */
void		efix_challenge(struct efix *x);
void		efix_authenticate(struct efix *x);
void		efix_prepare(struct efix *x);
/* AuthenticateServer and PrepareDownload as an LPA makes them, of f. */
void		efix_server(struct efix *x, struct buf *out);
void		efix_offer(struct efix *x, struct slice hash_cc,
		    struct buf *out);
/* A package of this ICCID for the session that was prepared. */
void		efix_package(struct efix *x, const uint8_t iccid[10],
		    struct buf *out);
/*
 * LoadBoundProfilePackage in the pieces of 2.5.5; the status word of the
 * last one that was answered with 9000, or of the first that was not.
 */
unsigned	efix_load(struct efix *x, struct slice bpp);
/* All of it: a profile of this ICCID is on the card. */
void		efix_install(struct efix *x, const uint8_t iccid[10]);

#endif
