/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of vuicc share. */
#ifndef TESTS_UNIT_TEST_VUICC_H
#define TESTS_UNIT_TEST_VUICC_H

#include "certs/aes.h"
#include "tests/unit/unit.h"
#include "tools/unbsp.h"

/* A session of tests/vec/vuicc/NAME.txt, ready to be unwrapped. */
struct vsession {
	char			 file[64];
	struct crypto		*crypto;
	struct privkey		*otsk;
	struct pubkey		*dp_pb;
	struct buf		 tid, eid, otpk, bpp, upp, metadata, key_data;
	struct unbsp_in		 in;
};
void	vsession_open(struct vsession *v, const char *name);
void	vsession_close(struct vsession *v);

/* A sender of segments, for packages that are wrong in one place. */
struct vsender {
	struct aes128	*enc, *mac;
	uint8_t		 chain[16];
	uint32_t	 counter;
};
void	vsender_open(struct vsender *s, struct slice key_data);
void	vsender_close(struct vsender *s);
/* Append a segment of any size; pad false: body is encrypted as it is. */
void	vsender_add(struct vsender *s, uint8_t tag, struct slice plain,
	    bool pad, struct buf *out);

#define TEST_LIST(name) \
	extern const struct unit_case name[]; extern const size_t name##_n
TEST_LIST(test_vuicc_unbsp);
TEST_LIST(test_vuicc_forged);
TEST_LIST(test_vuicc_upp);
TEST_LIST(test_vuicc_contents);
TEST_LIST(test_vuicc_state);
TEST_LIST(test_vuicc_card);
TEST_LIST(test_vuicc_odd);
TEST_LIST(test_vuicc_load);
TEST_LIST(test_vuicc_orders);
TEST_LIST(test_vuicc_eim);
TEST_LIST(test_vuicc_apdu);
TEST_LIST(test_vuicc_es10);
TEST_LIST(test_vuicc_es10c);
TEST_LIST(test_vuicc_lpac);

#endif
