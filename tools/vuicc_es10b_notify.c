/* SPDX-License-Identifier: Apache-2.0 */
/* ES10b: the pending notifications, SGP.22 5.7.9 to 5.7.11. */
#include "base/der.h"
#include "tools/vuicc_es10.h"

#define NO_RESULT	1

/* Which ones are asked for: a number, events, or all. */
struct notify_search {
	bool		by_seq;
	uint64_t	seq;
	unsigned	events;
};

/* Nothing, 80 seqNumber or 81 events. */
static int
notify_search(struct slice in, struct notify_search *q)
{
	struct der	 d;

	q->by_seq = false;
	q->events = ~0U;
	if (in.len == 0)
		return 0;
	if (der_whole(in, 0x80, &d) == 0) {
		q->by_seq = true;
		return der_uint(d.value, &q->seq);
	}
	if (der_whole(in, 0x81, &d) == 0)
		return es10_bits(d.value, &q->events);
	return DPE_SYNTAX;
}

static bool
notify_fits(const struct notify_search *q, const struct vuicc_pending *p)
{
	return q->by_seq ? (uint64_t)p->seq == q->seq :
	    ((unsigned)p->event & q->events) != 0;
}

/* The BF2F inside BF37 { BF27 { ... } } or 30 { ... }. */
static int
notify_meta(struct slice der, struct slice *meta)
{
	struct der	 d;
	int		 r;

	if (der_whole(der, 0xBF37, &d) == 0)
		r = der_find(d.value, 0xBF27, &d);
	else
		r = der_whole(der, 0x30, &d);
	if (r == 0 && (r = der_find(d.value, 0xBF2F, &d)) == 0)
		*meta = d.raw;
	return r;
}

/* ListNotification: BF28 { A0 { BF2F* } }. */
unsigned
es10b_list(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	const struct vuicc_state	*st = e->card->state;
	struct notify_search		 q;
	struct slice			 meta;
	size_t				 at = out->len, i;

	if (notify_search(in, &q) != 0 || q.by_seq)
		return SW_DATA;
	for (i = 0; i < st->n_pending; i++)
		if (notify_fits(&q, &st->pending[i]) &&
		    notify_meta(buf_slice(&st->pending[i].der), &meta) == 0)
			buf_add_slice(out, meta);
	der_wrap(out, at, 0xA0);
	der_wrap(out, at, 0xBF28);
	return SW_OK;
}

/* RetrieveNotificationsList: BF2B { A0 { BF37 or 30 }* }, or 81 error. */
unsigned
es10b_retrieve(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	const struct vuicc_state	*st = e->card->state;
	struct notify_search		 q;
	struct der			 d;
	size_t				 at = out->len, i;

	if (in.len > 0) {
		if (der_whole(in, 0xA0, &d) != 0)
			return SW_DATA;
		in = d.value;
	}
	if (notify_search(in, &q) != 0)
		return SW_DATA;
	for (i = 0; i < st->n_pending; i++)
		if (notify_fits(&q, &st->pending[i]))
			buf_add_slice(out, buf_slice(&st->pending[i].der));
	if (out->len == at)
		der_add_uint(out, 0x81, NO_RESULT);
	else
		der_wrap(out, at, 0xA0);
	der_wrap(out, at, 0xBF2B);
	return SW_OK;
}

/* NotificationSent: the server has it, forget it. */
unsigned
es10b_sent(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_state	*st = e->card->state;
	struct notify_search	 q;
	size_t			 i;

	if (notify_search(in, &q) != 0 || !q.by_seq)
		return SW_DATA;
	for (i = 0; i < st->n_pending; i++)
		if (notify_fits(&q, &st->pending[i])) {
			vuicc_state_pending_del(st, i);
			es10_result(out, 0xBF30, 0);
			return SW_OK;
		}
	es10_result(out, 0xBF30, 1);
	return SW_OK;
}
