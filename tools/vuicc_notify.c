/* SPDX-License-Identifier: Apache-2.0 */
/* Pending notifications, SGP.22 3.5: in order, forgotten when acknowledged. */
#include <stdlib.h>
#include <string.h>

#include "tools/vuicc_lpa.h"

static int
notify_one(struct vuicc_lpa *lpa, const struct vuicc_pending *p,
    struct vuicc_result *res)
{
	const struct vuicc_odds	*odds = lpa->card->odds;
	json_t			*req = json_object(), *body = NULL;
	struct buf		 der = {0};
	int			 r;

	buf_set(&der, buf_slice(&p->der));
	vuicc_odd_mangle(odds, STEP_NOTIFY, &der);
	vuicc_json_der(req, "pendingNotification", buf_slice(&der));
	r = vuicc_call(lpa, p->address, "handleNotification", req, 204,
	    &body, res);
	if (r == 0 && vuicc_odd(odds, ODD_REPLAY_NOTIFY))
		r = vuicc_call(lpa, p->address, "handleNotification", req,
		    204, &body, res);
	json_decref(req);
	json_decref(body);
	buf_free(&der);
	return r;
}

/* Did an earlier one for this address fail?  Then it has to wait (3.5). */
static bool
notify_waits(const struct vuicc_state *st, size_t i, const bool *failed)
{
	size_t	 k;

	for (k = 0; k < i; k++)
		if (failed[k] && strcmp(st->pending[k].address,
		    st->pending[i].address) == 0)
			return true;
	return false;
}

/* keep: what was acknowledged stays where it is. */
static int
notify_all(struct vuicc_lpa *lpa, int64_t after, bool keep,
    struct vuicc_result *res)
{
	struct vuicc_state	*st = lpa->card->state;
	bool			 failed[VUICC_PENDING];
	struct why		 why;
	size_t			 i = 0;
	int			 r, first = 0;

	memset(failed, 0, sizeof(failed));
	while (i < st->n_pending) {
		r = notify_waits(st, i, failed) ? DPE_BUSY :
		    notify_one(lpa, &st->pending[i], res);
		if (r == 0 && keep) {
			i++;
			continue;
		}
		if (r == 0) {
			vuicc_state_pending_del(st, i);
			continue;	/* the next one is at i now */
		}
		if (r == DPE_BUSY)
			why_set(&res->why, r, "notification %lld waits for "
			    "one before it", (long long)st->pending[i].seq);
		if (st->pending[i].seq <= after)
			vuicc_result_forgive(res);
		else if (first == 0) {
			first = r;
			why = res->why;
		}
		failed[i++] = true;
	}
	if ((r = vuicc_state_save(st, &res->why)) != 0 && first == 0)
		return r;
	if (first != 0)
		res->why = why;
	return first;
}

int
vuicc_notify_send(struct vuicc_lpa *lpa, int64_t after,
    struct vuicc_result *res)
{
	return notify_all(lpa, after, false, res);
}

int
vuicc_notify_ahead(struct vuicc_lpa *lpa, int64_t after,
    struct vuicc_result *res)
{
	return notify_all(lpa, after, true, res);
}
