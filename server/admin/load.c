/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/load.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server/saip/saip.h"
#include "server/saip/testkeys.h"
#include "server/vault.h"

/*
 * The writer is held for so long: half of what a group of others may be told
 * to wait, as the next one comes right behind.  A write never has less rows
 * than LOAD_LEAST, nor as many that one slow write makes the next a long one.
 */
#define LOAD_NS		INT64_C(12000000)
#define LOAD_LEAST	64
#define LOAD_MOST	2000

int64_t
load_clock(void)
{
	struct timespec	 t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void
load_begin(struct load *l, const struct admin_mark *mark, bool test,
    size_t room)
{
	memset(l, 0, sizeof(*l));
	l->mark = *mark;
	l->test = test;
	l->room = room < LOAD_MOST ? LOAD_MOST : room;
	l->row = xcalloc(l->room, sizeof(*l->row));
	l->range = xcalloc(l->room, sizeof(*l->range));
}

static void
load_clear(struct load *l)
{
	size_t	 i;

	for (i = 0; i < l->rows; i++)
		buf_free(&l->row[i].values);
	l->rows = l->ranges = 0;
	buf_cut(&l->keys, 0);
}

void
load_free(struct load *l)
{
	load_clear(l);
	buf_free(&l->keys);
	free(l->row);
	free(l->range);
	l->row = NULL;
	l->range = NULL;
}

int
load_template(struct admin_call *call, const struct ptype *t,
    const char *name, struct template *out)
{
	int	 r = admin_template(call, t, name, &out->upp, &out->patch,
	    &out->body);

	out->body.patch = buf_slice(&out->patch);
	return r;
}

void
load_template_free(struct template *w)
{
	buf_free(&w->body.sealed);
	buf_free(&w->patch);
	buf_free(&w->upp);
}

int
load_plan(struct load *l, struct slice patch, const struct given *g,
    const char *iccid, const char *imsi, struct why *why)
{
	struct buf	 values = { 0 };
	saip_set	 all;
	const char	*lacks;
	size_t		 i;
	int		 r;

	if ((r = saip_patch_fields(patch, &all, &l->draw)) != 0)
		return r;
	for (i = 0; g != NULL && i < g->n; i++)
		if ((all & SAIP_BIT(g->at[i].field)) == 0)
			return why_set(why, DPE_USAGE, "set: the template has"
			    " no place for %s",
			    saip_field_name(g->at[i].field));
	/* Its type's variants are made of the same profile. */
	if ((r = admin_variant_fields(l->mark.call, l->b.type,
	    &l->draw)) != 0)
		return r;
	l->given = g;
	if ((r = load_values(l, iccid, imsi, &values)) == 0 &&
	    (r = saip_patch_lacks(patch, buf_slice(&values), &lacks)) == 0 &&
	    lacks != NULL)
		r = why_set(why, DPE_USAGE, "the template wants %s: give it"
		    " with --set, or a column of it", lacks);
	l->made = 0;
	buf_free(&values);
	return r;
}

int
load_values(struct load *l, const char *iccid, const char *imsi,
    struct buf *values)
{
	int	 r;

	if (l->store && l->given == NULL)
		return saip_values_store(l->mark.call->ctx->rnd, iccid, imsi,
		    l->draw, values);
	if ((r = saip_values_draw(l->mark.call->ctx->rnd, iccid, imsi,
	    l->draw, values)) != 0 ||
	    (l->given != NULL && (r = given_put(l->given, l->made,
	    values)) != 0) ||
	    (l->test && (r = saip_test_k(values)) != 0))
		return r;
	l->made++;
	return 0;
}

/* Numbers that follow each other are one range. */
static void
load_imsi(struct load *l, const char *imsi)
{
	struct load_range	*g;
	char			 next[IMSI_TEXT];

	if (l->ranges > 0) {
		g = &l->range[l->ranges - 1];
		memcpy(next, g->last, sizeof(next));
		if (imsi_next(next) == 0 && strcmp(next, imsi) == 0) {
			memcpy(g->last, next, sizeof(next));
			return;
		}
	}
	g = &l->range[l->ranges++];
	memcpy(g->first, imsi, IMSI_TEXT);
	memcpy(g->last, imsi, IMSI_TEXT);
}

/* What no two profiles may have in common; without a K, who it is. */
static struct slice
load_secret(struct slice values)
{
	struct slice	 v = saip_value(values, SAIP_K);

	if (v.len == 0)
		v = saip_value(values, SAIP_K256);
	return v.len > 0 ? v : saip_value(values, SAIP_ICCID_EF);
}

int
load_add(struct load *l, const char *iccid, const char *imsi,
    struct slice values)
{
	struct ctx	*c = l->mark.call->ctx;
	struct load_row	*row;
	struct profile	 p = { 0 };
	int		 r;

	if (l->rows == l->room)
		return DPE_INTERNAL;
	memcpy(p.iccid, iccid, ICCID_TEXT);
	if ((r = vault_values_put(c, &p, values)) != 0) {
		profile_free(&p);
		return r;
	}
	row = &l->row[l->rows++];
	memcpy(row->iccid, iccid, ICCID_TEXT);
	row->values = p.values;
	load_imsi(l, imsi);
	if (!l->test)
		vault_key_index(c, load_secret(values), buf_grow(&l->keys,
		    VAULT_KEY));
	return 0;
}

int64_t
load_key(const struct load *l, size_t i)
{
	return vault_key_number(l->keys.p + i * VAULT_KEY);
}

int
load_store(struct db *db, struct load *l)
{
	int64_t	 tenant = l->mark.call->ctx->tenant;
	size_t	 i;
	int	 r;

	if ((r = store_batch_grow(db, tenant, &l->b, (int64_t)l->rows,
	    l->mark.now)) != 0)
		return r;
	for (i = 0; i < l->ranges && !l->taken; i++)
		if ((r = store_imsi_take(db, tenant, l->range[i].first,
		    l->range[i].last, l->b.id)) != 0)
			return r;
	for (i = 0; i < l->rows; i++)
		if ((r = store_batch_row(db, tenant, &l->b, l->row[i].iccid,
		    buf_slice(&l->row[i].values), l->mark.now)) != 0)
			return r;
	return 0;
}

static int
load_run(struct db *db, void *arg)
{
	struct load	*l = arg;
	int64_t		 from = load_clock();
	int		 r;

	if ((r = load_store(db, l)) == 0 && l->keys.len > 0)
		r = store_batch_wait(db, l->b.id, l->b.done,
		    buf_slice(&l->keys));
	l->ns = load_clock() - from;
	return r;
}

/* What is lost in a power cut is made again: the rows and their count. */
int
load_write(struct load *l)
{
	int	 r;

	if (l->rows == 0)
		return 0;
	if ((r = store_write(l->mark.call->ctx->store, STORE_RELAXED, load_run,
	    l)) != 0)
		return r;
	l->b.done += (int64_t)l->rows;
	l->mark.now = admin_now(l->mark.call->ctx);
	l->ns = l->ns / (int64_t)l->rows + 1;
	load_clear(l);
	return 0;
}

size_t
load_room(const struct load *l)
{
	int64_t	 n = l->ns == 0 ? LOAD_LEAST : LOAD_NS / l->ns;

	if (n < LOAD_LEAST)
		return LOAD_LEAST;
	return n > LOAD_MOST ? LOAD_MOST : (size_t)n;
}
