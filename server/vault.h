/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets between the clear and the store: what is sealed, under which place
 * name, and what is indexed instead of being stored.  certs/ seals, db/ keeps;
 * they do not know each other, this file knows both.
 */
#ifndef SERVER_VAULT_H
#define SERVER_VAULT_H

#include "db/store_bpp.h"
#include "db/store_variant.h"
#include "server/ctx.h"

/* A random row name: 32 hex digits. */
void		vault_row_id(struct ctx *c, char out[ROW_ID_TEXT]);

/* MatchingID of o (o->id is set): sealed value and index. */
MUST_CHECK int	vault_mid_put(struct ctx *c, struct order *o,
		    struct slice matching_id);
MUST_CHECK int	vault_mid_get(struct ctx *c, const struct order *o,
		    struct buf *matching_id);
void		vault_mid_index(struct ctx *c, struct slice matching_id,
		    uint8_t out[32]);

/* Confirmation code: SHA-256 of it, sealed. */
MUST_CHECK int	vault_cc_put(struct ctx *c, struct order *o, struct slice cc);
MUST_CHECK int	vault_cc_get(struct ctx *c, const struct order *o,
		    uint8_t hash[32]);

/*
 * A body (package or template): sealed under a fresh name, with the index of it
 * and of out->patch, which the caller has set, and what its header asks of an
 * eUICC.  The plaintext is not kept.
 */
MUST_CHECK int	vault_body_put(struct ctx *c, struct slice plain,
		    bool is_template, struct body *out);
/* The values record of p (p->iccid is set). */
MUST_CHECK int	vault_values_put(struct ctx *c, struct profile *p,
		    struct slice values);
/* In clear: wipe what is appended.  patch may be NULL. */
MUST_CHECK int	vault_values_get(struct ctx *c, const struct profile *p,
		    struct buf *values);
MUST_CHECK int	vault_body_get(struct ctx *c, const char *id,
		    struct buf *body, struct buf *patch);
/*
 * Key material that must not be there twice: what finds it again and says
 * nothing about it, and that as a number from 0 on.
 */
#define VAULT_KEY	8
void		vault_key_index(struct ctx *c, struct slice k,
		    uint8_t out[VAULT_KEY]);
int64_t		vault_key_number(const uint8_t index[VAULT_KEY]);
/* The groups of a bound package (k->iccid is set). */
MUST_CHECK int	vault_bpp_put(struct ctx *c, struct kept_bpp *k,
		    struct slice groups);
MUST_CHECK int	vault_bpp_get(struct ctx *c, const struct kept_bpp *k,
		    struct buf *groups);
/* The personalised UPP of a profile, in clear: wipe it. */
MUST_CHECK int	vault_upp(struct ctx *c, const struct profile *p,
		    struct buf *upp);
/* The same, made into a variant of its type; v NULL: its own template. */
MUST_CHECK int	vault_upp_as(struct ctx *c, const struct profile *p,
		    const struct variant *v, struct buf *upp);

#endif
