/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the signer signs (spec 04, 2), so that a worker that was taken over
 * gets no signature under anything else.
 */
#include "base/der.h"
#include "base/limits.h"
#include "certs/internal.h"
#include "certs/signer_wire.h"

struct member {
	uint32_t	 tag;
	size_t		 min, max;	/* octets of its value */
};

/* Exactly these TLVs in this order; *s moves behind them. */
static int
members(struct slice *s, const struct member *m, size_t n)
{
	struct der	 d;
	size_t		 i;

	for (i = 0; i < n; i++)
		if (der_expect(s, m[i].tag, &d) != 0 ||
		    d.value.len < m[i].min || d.value.len > m[i].max)
			return DPE_USAGE;
	return 0;
}

/* ServerSigned1 (5.7.13). */
static int
shape_server_signed1(struct slice s)
{
	static const struct member	 m[] = {
		{ 0x80, 1, LIM_TID },	/* transactionId */
		{ 0x81, 16, 16 },	/* euiccChallenge */
		{ 0x83, 1, LIM_HOST },	/* serverAddress */
		{ 0x84, 16, 16 },	/* serverChallenge */
	};
	struct der			 d;

	if (der_whole(s, 0x30, &d) != 0 || members(&d.value, m, 4) != 0 ||
	    d.value.len != 0)
		return DPE_USAGE;
	return 0;
}

/* SmdpSigned2 and euiccSignature1 (5.7.5). */
static int
shape_smdp_signed2(struct slice s)
{
	static const struct member	 m[] = {
		{ 0x80, 1, LIM_TID },	/* transactionId */
		{ 0x01, 1, 1 },		/* ccRequiredFlag */
		{ 0x5f49, POINT_LEN, POINT_LEN },	/* bppEuiccOtpk */
	};
	static const struct member	 sig = { 0x5f37, SIG_LEN, SIG_LEN };
	struct der			 d;

	if (der_expect(&s, 0x30, &d) != 0 || members(&d.value, m, 2) != 0 ||
	    (d.value.len != 0 && members(&d.value, m + 2, 1) != 0) ||
	    d.value.len != 0 || members(&s, &sig, 1) != 0 || s.len != 0)
		return DPE_USAGE;
	return 0;
}

/* What smdpSign of InitialiseSecureChannel covers (5.5.1). */
static int
shape_smdp_sign(struct slice s)
{
	static const struct member	 head[] = {
		{ 0x82, 1, 1 },		/* remoteOpId */
		{ 0x80, 1, LIM_TID },	/* transactionId */
	};
	static const struct member	 keys[] = {
		{ 0x80, 1, 1 },		/* keyType */
		{ 0x81, 1, 1 },		/* keyLen */
		{ 0x84, 1, 16 },	/* hostId */
	};
	static const struct member	 points[] = {
		{ 0x5f49, POINT_LEN, POINT_LEN },	/* otPK.DP */
		{ 0x5f49, POINT_LEN, POINT_LEN },	/* otPK.EUICC */
	};
	struct der			 d;

	if (members(&s, head, 2) != 0 || der_expect(&s, 0xa6, &d) != 0 ||
	    members(&d.value, keys, 3) != 0 || d.value.len != 0 ||
	    members(&s, points, 2) != 0 || s.len != 0)
		return DPE_USAGE;
	return 0;
}

int
signer_shape(enum signer_role role, struct slice data)
{
	switch (role) {
	case SIGNER_DP_AUTH:
		return shape_server_signed1(data);
	case SIGNER_DP_PB:
		if (der_peek(data) == 0x30)
			return shape_smdp_signed2(data);
		return shape_smdp_sign(data);
	}
	return DPE_USAGE;
}

int
signer_request_data(const struct signer_request *q, size_t n,
    struct slice *data)
{
	*data = slice_of(NULL, 0);
	if (n <= SIGNER_HEAD || n > sizeof(*q) || q->role > SIGNER_DP_PB ||
	    signer_shape((enum signer_role)q->role, slice_of(q->data,
	    n - SIGNER_HEAD)) != 0)
		return DPE_USAGE;
	*data = slice_of(q->data, n - SIGNER_HEAD);
	return 0;
}
