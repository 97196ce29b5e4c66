/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Breadth first through everything that two eUICCs, two profiles, an operator
 * and the clock can do, one step after the other; a state that was met before
 * is not gone through again.  After every step all rules are asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "certs/crypto.h"
#include "tests/unit/life.h"

#define STEPS_MAX	128

struct node {
	size_t			 parent;
	int			 depth;
	struct life_step	 step;
	struct life_view	 view;
	struct life_rows	 rows;
};

struct search {
	struct life_world	 w;
	struct node		*node;
	size_t			 n, cap;
	uint8_t			(*seen)[16];	/* open addressing */
	size_t			 mask, states, turns;
	bool			 told;		/* a rule was broken */
	bool			 quiet;
};

/* The search goes out from several states, each reached by its own way. */
static const struct life_step	lone[] = { { EV_KINDS, 0, 0 } },
    both[] = { { EV_AUTH, 1, 1 }, { EV_AUTH, 2, 1 }, { EV_KINDS, 0, 0 } },
    sent[] = { { EV_AUTH, 1, 1 }, { EV_GET, 1, 1 }, { EV_AUTH, 1, 2 },
	{ EV_GET, 1, 2 }, { EV_KINDS, 0, 0 } },
    done[] = { { EV_AUTH, 1, 1 }, { EV_GET, 1, 1 }, { EV_SUCCESS, 1, 1 },
	{ EV_KINDS, 0, 0 } };
static const struct life_step *const	roots[] = { lone, both, sent, done };
#define ROOTS	NELEM(roots)

static bool
met(struct search *s)
{
	static const uint8_t	 none[16];
	struct buf		 text = {0};
	uint8_t			 sum[32];
	size_t			 i;

	life_canon(&s->w.v, &text);
	sha256(s->w.e.ctx.crypto, buf_slice(&text), sum);
	buf_free(&text);
	memcpy(&i, sum + 16, sizeof(i));
	for (i &= s->mask; memcmp(s->seen[i], none, 16) != 0;
	    i = (i + 1) & s->mask)
		if (memcmp(s->seen[i], sum, 16) == 0)
			return true;
	memcpy(s->seen[i], sum, 16);
	if (++s->states > s->mask / 2)
		abort();
	return false;
}

/* The state that is now, to be gone on from. */
static void
node_add(struct search *s, size_t parent, const struct life_step *st,
    int depth)
{
	struct node	*n;

	if (s->n == s->cap) {
		s->cap = s->cap == 0 ? 1024 : 2 * s->cap;
		s->node = realloc(s->node, s->cap * sizeof(*s->node));
		if (s->node == NULL)
			abort();
	}
	n = &s->node[s->n++];
	memset(n, 0, sizeof(*n));
	n->parent = parent;
	n->depth = depth;
	n->step = *st;
	n->view = s->w.v;
	life_rows_take(s->w.h, &n->rows);
}

static void
trace_step(const struct life_step *st, struct buf *out)
{
	buf_add_str(out, "# ");
	life_step_text(st, out);
	buf_add_str(out, "\n");
}

static void
trace(struct search *s, size_t i, struct buf *out)
{
	const struct life_step	*st = &s->node[i].step;

	if (s->node[i].depth > 0) {
		trace(s, s->node[i].parent, out);
		trace_step(st, out);
	} else
		for (st = roots[st->what]; st->kind != EV_KINDS; st++)
			trace_step(st, out);
}

static void
tell(struct search *s, size_t from, const struct life_step *first,
    const struct life_step *st, const char *what)
{
	struct buf	 b = {0};

	s->told = true;
	if (s->quiet)
		return;
	CU_FAIL("a rule of the life cycle is broken");
	trace(s, from, &b);
	if (first != NULL) {
		trace_step(first, &b);
		buf_add_str(&b, "# not seen yet by what follows:\n");
	}
	trace_step(st, &b);
	printf("%s# %s\n", buf_cstr(&b), what);
	buf_free(&b);
}

static void
go_to(struct search *s, const struct life_view *v)
{
	s->w.v = *v;
	s->w.e.now = v->late ? LIFE_EXPIRES + 1 : ENV_NOW;
}

/* One step from a view, in a savepoint; what is new is added. */
static void
turn(struct search *s, size_t at, const struct life_step *st, int depth)
{
	const struct life_view	 from = s->node[at].view;
	const char		*broken;
	int			 r = 0;

	life_sql(s->w.h, "SAVEPOINT turn");
	if (life_do(&s->w, &from, st, &r)) {
		s->turns++;
		broken = life_judge(&from, &s->w.v, st, r);
		if (broken != NULL)
			tell(s, at, NULL, st, broken);
		else if (!met(s) && s->node[at].depth + 1 < depth)
			node_add(s, at, st, s->node[at].depth + 1);
	}
	life_sql(s->w.h, "ROLLBACK TO turn; RELEASE turn");
	go_to(s, &from);
}

static void
expand(struct search *s, size_t at, int depth)
{
	struct life_step	 st[STEPS_MAX];
	int			 i, n;

	go_to(s, &s->node[at].view);
	life_rows_put(s->w.h, &s->node[at].rows);
	n = life_steps(&s->w.v, st, STEPS_MAX);
	for (i = 0; i < n && !s->told; i++)
		turn(s, at, &st[i], depth);
}

static void
begin(struct search *s, const char *setup, bool quiet)
{
	const struct life_step	*st;
	struct life_step	 root = { EV_KINDS, 0, 0 };
	struct life_view	 first;
	size_t			 i;
	int			 r;

	memset(s, 0, sizeof(*s));
	s->quiet = quiet;
	s->mask = ((size_t)1 << 22) - 1;
	s->seen = xcalloc(s->mask + 1, sizeof(*s->seen));
	life_open(&s->w, setup);
	first = s->w.v;
	for (i = 0; i < ROOTS; i++) {
		life_sql(s->w.h, "SAVEPOINT turn");
		for (st = roots[i]; st->kind != EV_KINDS; st++)
			if (!life_do(&s->w, &s->w.v, st, &r))
				abort();
		root.what = (int)i;
		if (!met(s))
			node_add(s, s->n, &root, 0);
		life_sql(s->w.h, "ROLLBACK TO turn; RELEASE turn");
		go_to(s, &first);
	}
}

static void
finish(struct search *s)
{
	size_t	 i;

	life_close(&s->w);
	for (i = 0; i < s->n; i++)
		life_rows_free(&s->node[i].rows);
	free(s->node);
	free(s->seen);
}

static void
search(struct search *s, int depth)
{
	size_t	 i;

	for (i = 0; i < s->n && !s->told; i++) {
		if (s->node[i].depth < depth)
			expand(s, i, depth);
		life_rows_free(&s->node[i].rows);
	}
}

/* Under the sanitizers, which take five times as long, one less. */
static int
depth_of(int normal, int in_full)
{
	const char	*t = getenv("SMDP_LONG");

	if (t != NULL && t[0] != '\0')
		return in_full;
#ifdef SANITIZED
	return normal - 1;
#else
	return normal;
#endif
}

static void
all(const char *setup, int depth)
{
	struct search	 s;

	begin(&s, setup, false);
	search(&s, depth);
	printf("# figure life cycle (%s orders), depth %d: states=%zu"
	    " transitions=%zu\n", setup, depth, s.states, s.turns);
	CU_ASSERT_TRUE(s.turns > 100);
	finish(&s);
}

static void
life_search_orders(void)
{
	all("usual", depth_of(4, 5));
}

static void
life_search_lab(void)
{
	all("lab", depth_of(3, 5));
}

/*
 * Two calls at the same time: what the second has read is from before the
 * first, and its write comes after.
 */
static void
race_second(struct search *s, size_t at, const struct life_step *first,
    const struct life_step *st, int n)
{
	const struct life_view	 mid = s->w.v;
	const char		*broken;
	int			 i, r = 0;

	s->w.e.ctx.db = s->w.late_db;
	for (i = 0; i < n && !s->told; i++) {
		life_sql(s->w.h, "SAVEPOINT second");
		if (life_do(&s->w, &s->node[at].view, &st[i], &r)) {
			s->turns++;
			broken = life_judge(&mid, &s->w.v, &st[i], r);
			if (broken != NULL)
				tell(s, at, first, &st[i], broken);
		}
		life_sql(s->w.h, "ROLLBACK TO second; RELEASE second");
		go_to(s, &mid);
	}
	s->w.e.ctx.db = s->w.db;
}

static void
race(struct search *s, size_t at)
{
	struct life_step	 st[STEPS_MAX];
	int			 i, n, r;

	go_to(s, &s->node[at].view);
	life_rows_put(s->w.h, &s->node[at].rows);
	life_sql(s->w.late_h, "BEGIN");
	life_rows_put(s->w.late_h, &s->node[at].rows);
	life_sql(s->w.late_h, "COMMIT");
	n = life_steps(&s->w.v, st, STEPS_MAX);
	for (i = 0; i < n && !s->told; i++) {
		life_sql(s->w.h, "SAVEPOINT first");
		if (life_do(&s->w, &s->node[at].view, &st[i], &r))
			race_second(s, at, &st[i], st, n);
		life_sql(s->w.h, "ROLLBACK TO first; RELEASE first");
		go_to(s, &s->node[at].view);
	}
}

static void
races(const char *setup, int depth)
{
	struct search	 s;
	size_t		 i;

	begin(&s, setup, false);
	for (i = 0; i < s.n && s.node[i].depth < depth; i++)
		expand(&s, i, depth + 1);
	s.turns = 0;
	for (i = 0; i < s.n && !s.told; i++)
		race(&s, i);
	printf("# figure life cycle (%s orders), two calls at once: states=%zu"
	    " transitions=%zu\n", setup, s.n, s.turns);
	CU_ASSERT_TRUE(s.turns > 100);
	finish(&s);
}

static void
life_races_orders(void)
{
	races("usual", depth_of(1, 2));
}

static void
life_races_lab(void)
{
	races("lab", depth_of(1, 2));
}

/* Each step that is broken on purpose must be noticed. */
static void
life_search_notices(void)
{
	struct search	 s;
	int		 b;

	for (b = BREAK_NONE + 1; b < BREAK_ALL; b++) {
		begin(&s, "usual", true);
		life_broken = (enum life_breakage)b;
		search(&s, 4);
		life_broken = BREAK_NONE;
		if (!s.told)
			printf("# not noticed: %s\n", life_breakages[b]);
		CU_ASSERT_TRUE(s.told);
		finish(&s);
	}
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(life_search_orders),
		UNIT_CASE(life_search_lab),
		UNIT_CASE(life_races_orders),
		UNIT_CASE(life_races_lab),
		UNIT_CASE(life_search_notices),
	};

	/* What is refused is told by the rules, and a thousand times over. */
	log_init("life", LOG_ERROR);
	return unit_main("life", cases, NELEM(cases));
}
