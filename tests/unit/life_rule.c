/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold before and after every step. */
#include <string.h>

#include "server/rsp/refusal.h"
#include "tests/unit/life.h"

/* One step: the view before, the view after, what was said. */
struct turn {
	const struct life_view	*b, *a;
	const struct life_step	*st;
	int			 r, profile;	/* that it is about; 0 none */
};

static bool
is_get(enum life_kind k)
{
	return k == EV_GET || k == EV_GET_OTHER_KEY;
}

static bool
is_result(enum life_kind k)
{
	return k >= EV_SUCCESS && k <= EV_OLD_FAILURE;
}

static bool
is_event(enum life_kind k)
{
	return k >= EV_INSTALL && k <= EV_STALE;
}

/*
 * Without a MatchingID an eUICC is given any order that is its own: which it
 * was is told by what has changed.
 */
static int
meant(const struct turn *t)
{
	const struct life_order	*b, *a;
	int			 i;

	for (i = 1; i <= t->b->n_o; i++) {
		b = &t->b->o[i];
		a = &t->a->o[i];
		if (b->eid == t->st->card && (a->downloads != b->downloads ||
		    a->state != b->state))
			return i;
	}
	return t->st->what;
}

/* The order that a step names; NULL for those that name none. */
static const struct life_order *
order_of(const struct turn *t, const struct life_view *v)
{
	if (t->st->kind == EV_AUTH && !t->b->o[t->st->what].named)
		return &v->o[meant(t)];
	if (t->st->kind <= EV_OLD_FAILURE || (t->st->kind >= EV_CANCEL &&
	    t->st->kind <= EV_RESET))
		return &v->o[t->st->what];
	return NULL;
}

static const char *
one_binding(const struct turn *t)
{
	const struct life_view	*v = t->a;
	int			 i, p, live;

	for (p = 1; p <= LIFE_PROFILES; p++) {
		for (i = 1, live = 0; i <= v->n_o; i++) {
			if (v->o[i].profile != p || v->o[i].end != ORDER_LIVE)
				continue;
			live++;
			if (v->o[i].state != v->p[p].state)
				return "a live order and its profile differ";
			if ((v->p[p].state == LIFE_DOWNLOADED ||
			    v->p[p].state == LIFE_INSTALLED) &&
			    (v->o[i].eid == 0 ||
			    v->o[i].eid != v->p[p].eid))
				return "issued, and bound to no eUICC";
		}
		if (live > 1)
			return "two live orders for one profile";
	}
	return NULL;
}

/* An open order may be two cards' at a time: the package is the last one's. */
static const char *
package_kept(const struct turn *t)
{
	const struct life_bpp	*b;
	int			 p;

	for (p = 1; p <= LIFE_PROFILES; p++) {
		b = &t->a->b[p];
		if (b->eid == 0)
			continue;
		if (t->a->p[p].state != LIFE_DOWNLOADED)
			return "a package is kept that nobody may ask for";
		if (b->eid != t->a->p[p].eid &&
		    t->a->o[b->order].lock != LOCK_OPEN)
			return "a package of another eUICC is kept";
	}
	return NULL;
}

/* A move of the table, by an event that this step may be. */
static bool
may(const struct turn *t, enum life_event e)
{
	switch (t->st->kind) {
	case EV_AUTH:
	case EV_WRONG_CODE:
		return e == LIFE_EXHAUST;
	case EV_GET:
	case EV_GET_OTHER_KEY:
		return e == LIFE_DELIVER;
	case EV_REJECT:
		return e == LIFE_REJECT || e == LIFE_REUSE;
	case EV_SUCCESS:
	case EV_INSTALL:
		return e == LIFE_INSTALL || e == LIFE_REUSE;
	case EV_FAILURE:
	case EV_OLD_FAILURE:
	case EV_INTERRUPTED:
		return e == LIFE_REUSE || (e == LIFE_FAIL &&
		    t->st->kind != EV_INTERRUPTED);
	case EV_DELETE:
		return e == LIFE_REINSTALL;
	case EV_CANCEL:
	case EV_CANCEL_FREE:
		return e == LIFE_FREE || e == LIFE_SCRAP;
	case EV_REINSTALL:
		return e == LIFE_REINSTALL;
	case EV_RETIRE:
		return e == LIFE_RETIRE;
	default:
		return false;
	}
}

static const char *
moved(const struct turn *t)
{
	int	 e, p, from, to;

	for (p = 1; p <= LIFE_PROFILES; p++) {
		from = t->b->p[p].state;
		to = t->a->p[p].state;
		if (from == to)
			continue;
		if (p != t->profile)
			return "the state of another profile has moved";
		if (t->st->kind == EV_RESET ||
		    (t->st->kind == EV_NEW && from == LIFE_AVAILABLE))
			continue;
		for (e = 0; e < LIFE_EVENTS; e++)
			if (may(t, (enum life_event)e) &&
			    (life_from((enum life_event)e) & 1U << from) != 0
			    && (int)life_to((enum life_event)e) == to)
				break;
		if (e == LIFE_EVENTS)
			return "no such move for this step";
	}
	return NULL;
}

/* By whom may a step of a card move the state of a profile? */
static const char *
by_its_card(const struct turn *t)
{
	const struct life_profile *p = &t->b->p[t->profile];
	const struct life_order	*o = order_of(t, t->b);

	if (t->profile == 0 || p->state == t->a->p[t->profile].state)
		return NULL;
	if ((is_result(t->st->kind) || is_event(t->st->kind)) &&
	    (p->eid != t->st->card || p->state !=
	    (t->st->kind == EV_DELETE ? LIFE_INSTALLED : LIFE_DOWNLOADED)))
		return "a result moves what is not that eUICC's";
	if (t->st->kind <= EV_POSTPONE && o->eid != 0 &&
	    o->eid != t->st->card && o->lock != LOCK_OPEN)
		return "an order is moved by another eUICC than its own";
	if (t->st->kind == EV_CANCEL && p->state != LIFE_AVAILABLE &&
	    t->a->p[t->profile].state == LIFE_AVAILABLE &&
	    t->b->given[t->profile] != 0)
		return "issued once, and back in the inventory";
	return NULL;
}

static const char *
issued(const struct turn *t)
{
	const struct life_order	*o = order_of(t, t->b);
	unsigned		 others;

	if (!is_get(t->st->kind) || t->r != 0)
		return NULL;
	others = t->b->given[o->profile] & ~(1U << t->st->card);
	if (o->end != ORDER_LIVE)
		return "issued for an order that is over";
	if (o->expires != 0 && t->b->late)
		return "issued for an order whose time is up";
	if (o->state != LIFE_RELEASED && o->state != LIFE_DOWNLOADED)
		return "issued in the wrong state";
	if (o->lock != LOCK_OPEN && (others != 0 ||
	    (o->eid != 0 && o->eid != t->st->card)))
		return "issued to a second eUICC";
	o = order_of(t, t->a);
	if (o->eid != t->st->card || o->state != LIFE_DOWNLOADED ||
	    t->a->p[o->profile].eid != t->st->card)
		return "issued, and not bound";
	return NULL;
}

static const char *
counted(const struct turn *t)
{
	const struct life_order	*b, *a;
	bool			 anew;
	int			 i;

	for (i = 1; i <= t->b->n_o; i++) {
		b = &t->b->o[i];
		a = &t->a->o[i];
		anew = order_of(t, t->a) == a && (t->st->kind == EV_RESET ||
		    t->st->kind == EV_REINSTALL || b->reusable);
		anew |= t->st->kind == EV_INSTALL && b->reusable &&
		    b->profile == t->profile;
		/* Released again because its card has deleted it. */
		anew |= t->st->kind == EV_DELETE && a->reinstalls ==
		    b->reinstalls + 1 && a->reinstalls <= LIFE_REINSTALLS;
		if (!anew && (a->downloads < b->downloads ||
		    a->cc_attempts < b->cc_attempts))
			return "a counter goes back";
		if ((a->max_downloads != 0 && a->downloads >
		    a->max_downloads) || (a->max_cc != 0 &&
		    a->cc_attempts > a->max_cc))
			return "a counter beyond its limit";
		if ((a->downloads != b->downloads || a->cc_attempts !=
		    b->cc_attempts) && order_of(t, t->a) != a && !anew)
			return "a counter of another order";
		if (a->end != b->end && (order_of(t, t->a) != a ||
		    (a->end == ORDER_LIVE ? t->st->kind != EV_RESET :
		    t->st->kind != EV_CANCEL &&
		    t->st->kind != EV_CANCEL_FREE)))
			return "an order ends, or comes back, by itself";
	}
	return NULL;
}

/* What is told as done has been done. */
static const char *
kept_its_word(const struct turn *t)
{
	const struct life_order	*b = order_of(t, t->b), *a = order_of(t, t->a);
	int			 owner;

	if (t->st->kind == EV_AUTH && t->r == 0) {
		owner = b->eid != 0 ? b->eid : b->attempt;
		if ((owner == 0 || owner == t->st->card) &&
		    a->downloads != b->downloads + 1)
			return "a download attempt is not counted";
	}
	if (t->st->kind == EV_WRONG_CODE && t->r == REFUSE_CC &&
	    a->cc_attempts != b->cc_attempts + 1)
		return "a wrong code is not counted";
	if (t->st->kind == EV_WRONG_CODE && t->r == 0)
		return "issued for a wrong code";
	if ((t->st->kind == EV_CANCEL || t->st->kind == EV_CANCEL_FREE) &&
	    t->r == 0 && a->end != ORDER_CANCELLED)
		return "cancelled, and not over";
	if (t->r < 0 && t->st->kind < EV_CANCEL)
		return "a fault";
	return NULL;
}

static const char *
card_heard(const struct turn *t)
{
	const struct life_profile *b, *a;
	int			 p;

	for (p = 1; p <= LIFE_PROFILES; p++) {
		b = &t->b->p[p];
		a = &t->a->p[p];
		if (a->card == b->card && a->seq == b->seq)
			continue;
		if (a->eid != b->eid || t->st->kind == EV_RESET) {
			if (a->card != 0 || a->seq != -1)
				return "a card's state stays with another";
			continue;
		}
		if (p != t->profile || (!is_result(t->st->kind) &&
		    !is_event(t->st->kind)) || t->st->card != b->eid)
			return "a card's state moved by another";
		if (a->seq <= b->seq)
			return "a card's state moved by an old word";
	}
	return NULL;
}

/* Rows of a profile that the step is not about. */
static const char *
apart(const struct turn *t)
{
	const struct life_profile *b, *a;
	int			 p;

	for (p = 1; p <= LIFE_PROFILES; p++) {
		b = &t->b->p[p];
		a = &t->a->p[p];
		if (p != t->profile && (a->eid != b->eid ||
		    a->order != b->order || a->card != b->card ||
		    memcmp(&t->a->b[p], &t->b->b[p],
		    sizeof(t->a->b[p])) != 0))
			return "another profile is touched";
	}
	return NULL;
}

const char *
life_judge(const struct life_view *b, const struct life_view *a,
    const struct life_step *st, int r)
{
	static const char *(*const rules[])(const struct turn *) = {
		one_binding, package_kept, moved, by_its_card, issued,
		counted, kept_its_word, card_heard, apart,
	};
	struct turn		 t = { b, a, st, r, 0 };
	const struct life_order	*o = order_of(&t, b);
	const char		*said = NULL;
	size_t			 i;

	if (o != NULL)
		t.profile = o->profile;
	else if (is_event(st->kind) || st->kind >= EV_RETIRE)
		t.profile = st->what;
	for (i = 0; i < NELEM(rules) && said == NULL; i++)
		said = rules[i](&t);
	return said;
}
