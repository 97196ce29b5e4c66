/* SPDX-License-Identifier: Apache-2.0 */
/* The steps that can be taken, and taking one. */
#include <stdio.h>
#include <string.h>

#include "server/rsp/refusal.h"
#include "tests/unit/life.h"

#define ERROR_INTERRUPTION	11
#define ERROR_PE		12
#define OTHER_KEY		2	/* in place of 1 */

/* What a step is about: `what` is an order, a profile, or nothing. */
enum subject { ON_ORDER, ON_PROFILE, ON_NOTHING };

static const struct {
	const char	*name;
	bool		 of_card;
	enum subject	 about;
} kinds[EV_KINDS] = {
	[EV_AUTH] = { "authenticateClient", true, ON_ORDER },
	[EV_GET] = { "getBoundProfilePackage", true, ON_ORDER },
	[EV_GET_OTHER_KEY] = { "getBoundProfilePackage, another key", true,
	    ON_ORDER },
	[EV_WRONG_CODE] = { "getBoundProfilePackage, wrong code", true,
	    ON_ORDER },
	[EV_REJECT] = { "cancelSession, rejected", true, ON_ORDER },
	[EV_POSTPONE] = { "cancelSession, postponed", true, ON_ORDER },
	[EV_SUCCESS] = { "result: success", true, ON_ORDER },
	[EV_FAILURE] = { "result: failure", true, ON_ORDER },
	[EV_INTERRUPTED] = { "result: interrupted", true, ON_ORDER },
	[EV_OLD_FAILURE] = { "result of the first session: failure", true,
	    ON_ORDER },
	[EV_INSTALL] = { "notification: install", true, ON_PROFILE },
	[EV_ENABLE] = { "notification: enable", true, ON_PROFILE },
	[EV_DELETE] = { "notification: delete", true, ON_PROFILE },
	[EV_STALE] = { "notification: enable, overtaken", true, ON_PROFILE },
	[EV_CLOCK] = { "the time of the first order is up", false,
	    ON_NOTHING },
	[EV_TIMEOUT] = { "sessions time out", false, ON_NOTHING },
	[EV_CANCEL] = { "order cancel", false, ON_ORDER },
	[EV_CANCEL_FREE] = { "order cancel --profile available", false,
	    ON_ORDER },
	[EV_REINSTALL] = { "order reinstall", false, ON_ORDER },
	[EV_RESET] = { "order reset", false, ON_ORDER },
	[EV_RETIRE] = { "profile retire", false, ON_PROFILE },
	[EV_NEW] = { "order new", false, ON_PROFILE },
};

void
life_step_text(const struct life_step *st, struct buf *out)
{
	if (kinds[st->kind].of_card)
		buf_addf(out, "eUICC %c: ", st->card == 1 ? 'A' : 'B');
	buf_add_str(out, kinds[st->kind].name);
	if (kinds[st->kind].about != ON_NOTHING)
		buf_addf(out, " (%s %d)", kinds[st->kind].about == ON_ORDER ?
		    "order" : "profile", st->what);
}

int
life_steps(const struct life_view *v, struct life_step *out, int max)
{
	struct life_step	 st;
	int			 k, cards, n = 0, whats;

	for (k = 0; k < EV_KINDS; k++) {
		st.kind = (enum life_kind)k;
		cards = kinds[k].of_card ? LIFE_CARDS : 1;
		whats = kinds[k].about == ON_ORDER ? v->n_o :
		    kinds[k].about == ON_PROFILE ? LIFE_PROFILES : 1;
		for (st.card = 1; st.card <= cards; st.card++)
			for (st.what = 1; st.what <= whats; st.what++)
				if (n < max)
					out[n++] = st;
	}
	return n;
}

/* The newest session of this card for this order, in one of these steps. */
static const struct life_session *
session(const struct life_view *v, const struct life_step *st,
    unsigned steps, bool with_key)
{
	int	 i;

	for (i = v->n_s - 1; i >= 0; i--)
		if (v->s[i].eid == st->card && v->s[i].order == st->what &&
		    (steps & 1U << v->s[i].step) != 0 &&
		    (!with_key || v->s[i].key != 0))
			return &v->s[i];
	return NULL;
}

/* The oldest one that had a package, if a later one had it, too. */
static const struct life_session *
first_session(const struct life_view *v, const struct life_step *st)
{
	const struct life_session	*last = session(v, st, ~0U, true);
	int				 i;

	for (i = 0; i < v->n_s; i++)
		if (v->s[i].eid == st->card && v->s[i].order == st->what &&
		    v->s[i].key != 0)
			return &v->s[i] == last ? NULL : &v->s[i];
	return NULL;
}

/* A card counts on: higher than all that was heard of it. */
static int64_t
next_seq(const struct life_view *v)
{
	int64_t	 seq = 10;
	int	 i;

	for (i = 1; i <= LIFE_PROFILES; i++)
		if (v->p[i].seq >= seq)
			seq = v->p[i].seq + 1;
	return seq;
}

#define OPEN	(1U << STEP_AUTHENTICATED | 1U << STEP_BPP_SENT)

static bool
do_session(struct life_world *w, const struct life_view *from,
    const struct life_step *st, int *r)
{
	const struct life_order		*o = &from->o[st->what];
	const struct life_session	*s;
	const char			*code = o->cc ? LIFE_CODE : NULL;

	if ((s = session(from, st, OPEN, false)) == NULL)
		return false;
	switch (st->kind) {
	case EV_GET:
		*r = life_get(w, s, 1, code);
		break;
	case EV_GET_OTHER_KEY:
		*r = life_get(w, s, OTHER_KEY, code);
		break;
	case EV_WRONG_CODE:
		if (!o->cc)
			return false;
		*r = life_get(w, s, 1, "1234");
		break;
	case EV_REJECT:
		*r = life_cancel(w, s, 0);
		break;
	default:
		*r = life_cancel(w, s, 1);
	}
	return true;
}

static bool
do_result(struct life_world *w, const struct life_view *from,
    const struct life_step *st, int *r)
{
	const struct life_session	*s;
	long				 error = ERROR_PE;

	s = st->kind == EV_OLD_FAILURE ? first_session(from, st) :
	    session(from, st, ~0U, true);
	if (s == NULL)
		return false;
	if (st->kind == EV_SUCCESS)
		error = 0;
	else if (st->kind == EV_INTERRUPTED)
		error = ERROR_INTERRUPTION;
	*r = life_result(w, s, from->o[st->what].profile, error,
	    next_seq(&w->v));
	return true;
}

/* Of another's card one kind is enough: they are refused alike. */
static bool
do_event(struct life_world *w, const struct life_view *from,
    const struct life_step *st, int *r)
{
	static const unsigned	 events[EV_KINDS] = {
		[EV_INSTALL] = 1, [EV_ENABLE] = 2, [EV_DELETE] = 8,
		[EV_STALE] = 2,
	};
	const struct life_profile *p = &from->p[st->what];

	if ((p->eid != st->card && st->kind != EV_INSTALL) ||
	    (st->kind == EV_STALE && p->seq < 0))
		return false;
	*r = life_event(w, st->card, st->what, events[st->kind],
	    st->kind == EV_STALE ? p->seq : next_seq(&w->v));
	return true;
}

static int
timeout_write(struct db *db, void *arg)
{
	int64_t	 n;

	(void)arg;
	return store_session_expire(db, ENV_NOW + 1000, 100, &n);
}

static bool
do_time(struct life_world *w, const struct life_step *st, int *r)
{
	*r = 0;
	if (st->kind == EV_TIMEOUT) {
		*r = store_write(w->store, STORE_DURABLE, timeout_write,
		    NULL);
		return true;
	}
	if (w->v.late || w->v.o[1].expires == 0)
		return false;
	w->v.late = true;
	w->e.now = LIFE_EXPIRES + 1;
	return true;
}

static bool
do_admin(struct life_world *w, const struct life_view *from,
    const struct life_step *st, int *r)
{
	static const char *const verbs[EV_KINDS] = {
		[EV_CANCEL] = "cancel", [EV_CANCEL_FREE] = "cancel",
		[EV_REINSTALL] = "reinstall", [EV_RESET] = "reset",
		[EV_RETIRE] = "retire", [EV_NEW] = "new",
	};
	bool		 profile = kinds[st->kind].about == ON_PROFILE;
	struct buf	 b = {0};

	if (st->kind == EV_NEW && from->n_o == LIFE_ORDERS)
		return false;
	buf_addf(&b, "{\"%s\":\"%s\"", profile ? "iccid" : "order",
	    profile ? life_iccid(st->what) : from->o[st->what].id);
	if (st->kind == EV_CANCEL_FREE)
		buf_add_str(&b, ",\"profile\":\"available\"");
	if (st->kind == EV_REINSTALL)
		buf_add_str(&b, ",\"reason\":\"lost\"");
	if (st->kind == EV_NEW)
		buf_addf(&b, ",\"matching_id\":\"LIFE-%d\"", w->v.n_o + 1);
	buf_add_str(&b, "}");
	*r = life_admin(w, st->kind == EV_RETIRE ? "profile" : "order",
	    verbs[st->kind], buf_cstr(&b));
	buf_free(&b);
	return true;
}

/* What the test itself has to remember: who was given a package. */
static void
remember(struct life_world *w, const struct life_step *st, int r)
{
	int	 p = w->v.o[st->what].profile;

	if (r != 0)
		return;
	/* Of an open order it is the last one's; a reinstall locks it to that. */
	if ((st->kind == EV_GET || st->kind == EV_GET_OTHER_KEY) &&
	    w->v.o[st->what].lock == LOCK_OPEN)
		w->v.given[p] = 0;
	if (st->kind == EV_GET || st->kind == EV_GET_OTHER_KEY)
		w->v.given[p] |= 1U << st->card;
	/* An operator who says so, and a test bench, begin anew. */
	if (st->kind == EV_RESET || st->kind == EV_CANCEL_FREE)
		w->v.given[p] = 0;
}

/* A reusable order forgets its eUICC after every final result. */
static void
forget(struct life_view *v)
{
	int	 i;

	for (i = 1; i <= v->n_o; i++)
		if (v->o[i].reusable && v->o[i].eid == 0)
			v->given[v->o[i].profile] = 0;
}

bool
life_do(struct life_world *w, const struct life_view *from,
    const struct life_step *st, int *r)
{
	bool	 done;

	if (st->kind == EV_AUTH) {
		done = from->n_s < LIFE_SESSIONS;
		if (done)
			*r = life_auth(w, st->card, st->what);
	} else if (st->kind <= EV_POSTPONE)
		done = do_session(w, from, st, r);
	else if (st->kind <= EV_OLD_FAILURE)
		done = do_result(w, from, st, r);
	else if (st->kind <= EV_STALE)
		done = do_event(w, from, st, r);
	else if (st->kind <= EV_TIMEOUT)
		done = do_time(w, st, r);
	else
		done = do_admin(w, from, st, r);
	if (done) {
		remember(w, st, *r);
		life_look(w);
		forget(&w->v);
	}
	return done;
}
