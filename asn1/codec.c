/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/codec.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "asn1/tidy.h"
#include "base/der.h"

/* Written by asn1c -pdu=all: every type of the modules, then NULL. */
extern asn_TYPE_descriptor_t	*asn_pdu_collection[];

/* What a struct msg owns: a list of decoded values and of kept bytes. */
struct msg_node {
	struct msg_node		*next;
	asn_TYPE_descriptor_t	*type;
	void			*value;
	struct buf		 kept;
};

static struct msg_node *
msg_add(struct msg *m)
{
	struct msg_node	*n = xcalloc(1, sizeof(*n));

	n->next = m->tree;
	m->tree = n;
	return n;
}

void
msg_free(struct msg *m)
{
	struct msg_node	*n;

	while ((n = m->tree) != NULL) {
		m->tree = n->next;
		if (n->value != NULL)
			ASN_STRUCT_FREE(*n->type, n->value);
		buf_free(&n->kept);
		free(n);
	}
}

struct slice
codec_keep(struct msg *m, struct buf *b)
{
	struct msg_node	*n = msg_add(m);

	n->kept = *b;
	memset(b, 0, sizeof(*b));
	return buf_slice(&n->kept);
}

/*
 * asn1c fills in a member's missing constraint at its first check, in tables
 * that all threads share; so that is done here, once and before.
 */
static void
codec_settle(void)
{
	asn_TYPE_descriptor_t	**t;
	asn_TYPE_member_t	 *m;
	int			  i;

	for (t = asn_pdu_collection; *t != NULL; t++)
		for (i = 0; i < (*t)->elements_count; i++) {
			m = &(*t)->elements[i];
			if (m->memb_constraints == NULL)
				m->memb_constraints =
				    m->type->check_constraints;
		}
}

static int
codec_check(asn_TYPE_descriptor_t *type, const void *value)
{
	static pthread_once_t	 once = PTHREAD_ONCE_INIT;

	pthread_once(&once, codec_settle);
	return asn_check_constraints(type, value, NULL, NULL) == 0 ? 0 :
	    DPE_RANGE;
}

/* Without asn1c's guess at the stack: tidy() has bounded the depth. */
static int
codec_ber(struct msg_node *n, struct slice in)
{
	asn_codec_ctx_t	 ctx = { .max_stack_size = 0 };
	asn_dec_rval_t	 rv;

	rv = ber_decode(&ctx, n->type, &n->value, in.p, in.len);
	if (rv.code != RC_OK || rv.consumed != in.len)
		return DPE_SYNTAX;
	return codec_check(n->type, n->value);
}

/* The tidied bytes of b, decoded into a node of m. */
static int
codec_tidied(asn_TYPE_descriptor_t *type, const struct buf *b, struct msg *m,
    void **out)
{
	struct msg_node	*n = msg_add(m);
	int		 r;

	n->type = type;
	r = codec_ber(n, buf_slice(b));
	*out = n->value;
	return r;
}

int
codec_decode(asn_TYPE_descriptor_t *type, struct slice in, struct msg *m,
    void **out)
{
	struct buf	 b = {0};
	int		 r;

	if (in.len > LIM_RSP_MESSAGE)
		return DPE_RANGE;
	buf_reserve(&b, in.len);
	if ((r = tidy(type, in, &b)) == 0)
		r = codec_tidied(type, &b, m, out);
	buf_free(&b);
	return r;
}

int
codec_decode_as_sequence(asn_TYPE_descriptor_t *type, struct slice in,
    struct msg *m, struct buf *taken, void **out)
{
	struct buf	 b = {0};
	int		 r;

	if (in.len > LIM_RSP_MESSAGE)
		return DPE_RANGE;
	buf_reserve(&b, in.len);
	if ((r = tidy_as_sequence(type, in, &b, taken)) == 0)
		r = codec_tidied(type, &b, m, out);
	buf_free(&b);
	return r;
}

static int
codec_sink(const void *p, size_t n, void *arg)
{
	buf_add(arg, p, n);
	return 0;
}

int
codec_encode(asn_TYPE_descriptor_t *type, void *value, struct buf *out)
{
	size_t		 from = out->len;
	asn_enc_rval_t	 rv;
	int		 r;

	if ((r = codec_check(type, value)) != 0)
		return r;
	rv = der_encode(type, value, codec_sink, out);
	if (rv.encoded < 0) {
		buf_cut(out, from);
		return DPE_RANGE;
	}
	return 0;
}
