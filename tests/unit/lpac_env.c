/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/lpac_env.h"

#include <string.h>

#include "server/http/es9_binding.h"

static const uint8_t	iccid[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14
};
static const uint8_t	iccid2[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x42, 0x14
};

/* Knuth's linear congruential generator: the same octets in every run. */
static void
chance_fill(void *arg, void *p, size_t n)
{
	struct lpac_chance	*c = arg;
	uint8_t			*o = p;

	while (n-- > 0) {
		c->state = c->state * 6364136223846793005U +
		    1442695040888963407U;
		*o++ = (uint8_t)(c->state >> 56);
	}
}

/* An element before the last one, for a package of several segments. */
static void
lpac_lengthen(struct buf *upp)
{
	struct buf	 end = {0};
	size_t		 at = upp->len - 7;

	buf_add_slice(&end, slice_sub(buf_slice(upp), at, 7));
	buf_cut(upp, at);
	der_add(upp, 0xA0, slice_of("\x81\x01\x07", 3));
	der_add_head(upp, 0x80, 2500);
	memset(buf_grow(upp, 2500), 0x55, 2500);
	der_wrap(upp, at, 0xA5);
	buf_add_slice(upp, buf_slice(&end));
	buf_free(&end);
}

static void
lpac_order(struct lpac_env *l, const uint8_t ef[10], const char *text,
    const char *mid, struct buf *upp)
{
	struct buf	 metadata = {0};

	vfix_profile(ef, &metadata, upp);
	lpac_lengthen(upp);
	env_add(&l->server, text, buf_slice(upp), mid);
	buf_free(&metadata);
}

void
lpac_env_open(struct lpac_env *l)
{
	struct lpac_chance	 server = { 1 };
	struct buf		 other = {0};

	memset(l, 0, sizeof(*l));
	env_open(&l->server);
	lpac_order(l, iccid, LPAC_ICCID, LPAC_MID, &l->upp);
	lpac_order(l, iccid2, LPAC_ICCID2, LPAC_MID2, &other);
	buf_free(&other);
	buf_cut(&l->server.chance, 0);
	l->server.chance_at = 0;
	chance_fill(&server, buf_grow(&l->server.chance, 4096), 4096);
	vfix_open(&l->f, false);
	l->chance.state = 2;
	l->rnd = (struct rnd){ chance_fill, &l->chance };
	l->f.card.rnd = &l->rnd;
	l->f.card.clock = &l->server.clock;
	vuicc_es10_init(&l->es10, &l->f.card);
	vuicc_apdu_init(&l->apdu, vuicc_es10_call, &l->es10);
}

void
lpac_env_close(struct lpac_env *l)
{
	vuicc_apdu_free(&l->apdu);
	vuicc_es10_free(&l->es10);
	vfix_close(&l->f);
	env_close(&l->server);
	buf_free(&l->upp);
}

void
lpac_env_serve(struct lpac_env *l, const char *path, struct slice body,
    struct buf *answer)
{
	struct http_request	 rq = { .method = "POST", .path = path,
				    .content_type = "application/json",
				    .body = body };
	struct http_answer	 an = { .status = 404 };

	if (es9_json_knows(path))
		es9_json_serve(&l->server.ctx, &rq, &an);
	buf_add_u8(answer, (uint8_t)(an.status >> 8));
	buf_add_u8(answer, (uint8_t)an.status);
	buf_add_slice(answer, buf_slice(&an.body));
	buf_free(&an.body);
}
