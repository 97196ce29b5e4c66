/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A search through the life cycle: two eUICCs, two profiles, and the functions
 * of the server themselves (ES9+ and admin verbs) over a store that steps back
 * after each event.  Only the mathematics of signatures and of session keys is
 * left out: whose signature it is, is said by the event.
 */
#ifndef TESTS_UNIT_LIFE_H
#define TESTS_UNIT_LIFE_H

#include <sqlite3.h>

#include "db/store_session.h"
#include "tests/unit/rsp_env.h"

#define LIFE_CARDS	2
#define LIFE_PROFILES	2
#define LIFE_ORDERS	4
#define LIFE_SESSIONS	12
#define LIFE_LOOKS	4	/* queries of a view */
#define LIFE_KEEPS	4	/* tables in a snapshot */

/* Cards, profiles, orders and keys are numbered from 1; 0 is none. */
struct life_profile {
	int	state, card, eid, order;
	int64_t	seq;			/* of its card's last word; -1 */
};

struct life_order {
	char	id[ROW_ID_TEXT];
	int	profile, lock, eid, state, end, attempt;
	bool	reusable, cc, named;		/* named: has a MatchingID */
	bool	sent;				/* in some session */
	int64_t	expires, max_downloads, downloads, max_cc, cc_attempts;
	int64_t	reinstalls;
};

struct life_session {
	char	tid[TID_TEXT];
	int	step, eid, order, key;
	bool	last;			/* that its order was sent in */
};

struct life_bpp {
	int	order, eid, key;
};

/* What stands in the store, and what the test remembers itself. */
struct life_view {
	struct life_profile	p[LIFE_PROFILES + 1];
	struct life_order	o[LIFE_ORDERS + 1];
	struct life_session	s[LIFE_SESSIONS];
	struct life_bpp		b[LIFE_PROFILES + 1];
	int			n_o, n_s;
	unsigned		given[LIFE_PROFILES + 1];	/* 1 << card */
	bool			late;		/* the first order expired */
};

enum life_kind {
	EV_AUTH, EV_GET, EV_GET_OTHER_KEY, EV_WRONG_CODE, EV_REJECT,
	EV_POSTPONE, EV_SUCCESS, EV_FAILURE, EV_INTERRUPTED, EV_OLD_FAILURE,
	EV_INSTALL, EV_ENABLE, EV_DELETE, EV_STALE, EV_CLOCK, EV_TIMEOUT,
	EV_CANCEL, EV_CANCEL_FREE, EV_REINSTALL, EV_RESET, EV_RETIRE, EV_NEW,
	EV_KINDS
};

struct life_step {
	enum life_kind	 kind;
	int		 card;
	int		 what;		/* order, or profile */
};

/* The rows of the tables that events change. */
struct life_rows {
	sqlite3_value	**v;
	int		 n;			/* values */
	int		 rows[LIFE_KEEPS];
};

struct life_world {
	struct env	 e;		/* its ctx stands on what follows */
	struct store	*env_store, *store;
	struct db	*env_db, *db, *late_db;
	sqlite3		*h, *late_h;
	struct life_view v;		/* now */
	sqlite3_stmt	*look[LIFE_LOOKS];
	struct life_mail *mail;		/* what the cards' messages are made of */
};

/* Who is speaking: what chain_verify_euicc() makes of any certificate. */
extern int	life_speaker;

/* life_world.c: setup is one of the words of life_setup[]. */
void	life_open(struct life_world *w, const char *setup);
void	life_close(struct life_world *w);
void	life_sql(sqlite3 *h, const char *sql);
void	life_order_new(struct life_world *w, const char *json);
int	life_admin(struct life_world *w, const char *noun, const char *verb,
	    const char *json);

/* life_rows.c */
void	life_look_open(struct life_world *w);
void	life_look_close(struct life_world *w);
void	life_look(struct life_world *w);	/* into w->v */
void	life_canon(const struct life_view *v, struct buf *out);
void	life_rows_take(sqlite3 *h, struct life_rows *out);
void	life_rows_put(sqlite3 *h, const struct life_rows *r);
void	life_rows_free(struct life_rows *r);
const char *life_eid(int card);
const char *life_iccid(int profile);

/*
 * life_step.c: false when there is nothing that this step could begin with in
 * the view `from` (the event's sender knows no more than that).  *r: what the
 * server said.
 */
bool	life_do(struct life_world *w, const struct life_view *from,
	    const struct life_step *st, int *r);
int	life_steps(const struct life_view *v, struct life_step *out, int max);
void	life_step_text(const struct life_step *st, struct buf *out);

/* life_card.c: what the cards send, and what the server says to it. */
void	life_mail_open(struct life_world *w);
void	life_mail_close(struct life_world *w);
int	life_auth(struct life_world *w, int card, int order);
int	life_get(struct life_world *w, const struct life_session *s, int key,
	    const char *code);
int	life_cancel(struct life_world *w, const struct life_session *s,
	    long reason);
int	life_result(struct life_world *w, const struct life_session *s,
	    int profile, long error, int64_t seq);
int	life_event(struct life_world *w, int card, int profile,
	    unsigned event, int64_t seq);

/* life_rule.c: NULL, or what is broken by this step. */
const char *life_judge(const struct life_view *b, const struct life_view *a,
	    const struct life_step *st, int r);

/* life_break.c: steps of the server that are broken on purpose. */
enum life_breakage {
	BREAK_NONE, BREAK_LOCK, BREAK_EXPIRY, BREAK_STATES, BREAK_SEQUENCE,
	BREAK_ATTEMPTS, BREAK_CODES, BREAK_END, BREAK_ALL
};
extern enum life_breakage	 life_broken;
extern const char *const	 life_breakages[BREAK_ALL];

#define LIFE_CODE	"4711"
#define LIFE_REINSTALLS	1	/* by a deletion; of the type */
#define LIFE_EXPIRES	(ENV_NOW + 10)

#endif
