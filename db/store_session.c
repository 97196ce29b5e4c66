/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_session.h"

#include <string.h>

#include "db/db.h"

#define SELECTED "SELECT tid, step, created, touched, dp_ci, euicc_ci," \
	" server_challenge, address, svn, eid, order_id, iccid, euicc_point," \
	" euicc_curve, cc_required, smdp_signature2, metadata, euicc_otpk," \
	" auth_sum, smdp_signed2, variant" \
	" FROM sessions WHERE "
#define SESSIONS SELECTED "tenant = $1"
/* By seq, whatever index begins with the tenant. */
#define SESSIONS_WALK SELECTED "+tenant = $1"

static const char *const steps[] = {
	[STEP_INITIATED] = "initiated",
	[STEP_AUTHENTICATED] = "authenticated",
	[STEP_BPP_SENT] = "bpp_sent",
	[STEP_CLOSED] = "closed",
};

const char *
session_step_name(enum session_step s)
{
	return steps[s];
}

void
session_free(struct session *s)
{
	buf_free(&s->euicc_point);
	buf_free(&s->smdp_signed2);
	buf_free(&s->smdp_signature2);
	buf_free(&s->metadata);
	buf_free(&s->euicc_otpk);
}

static int
session_read(struct row *row, struct session *s)
{
	int	 step;

	row_text(row, 0, s->tid, sizeof(s->tid));
	row_word(row, 1, steps, STEP_CLOSED + 1, &step);
	row_int(row, 2, &s->created);
	row_int(row, 3, &s->touched);
	row_bytes(row, 4, s->dp_ci, sizeof(s->dp_ci));
	row_bytes(row, 5, s->euicc_ci, sizeof(s->euicc_ci));
	row_bytes(row, 6, s->server_challenge, sizeof(s->server_challenge));
	row_text(row, 7, s->address, sizeof(s->address));
	row_bytes(row, 8, s->svn, sizeof(s->svn));
	row_text(row, 9, s->eid, sizeof(s->eid));
	row_text(row, 10, s->order, sizeof(s->order));
	row_text(row, 11, s->iccid, sizeof(s->iccid));
	row_blob(row, 12, &s->euicc_point);
	row_num(row, 13, &s->euicc_curve);
	row_bool(row, 14, &s->cc_required);
	row_blob(row, 15, &s->smdp_signature2);
	row_blob(row, 16, &s->metadata);
	row_blob(row, 17, &s->euicc_otpk);
	row_bytes(row, 18, s->auth_sum, sizeof(s->auth_sum));
	row_blob(row, 19, &s->smdp_signed2);
	row_int(row, 20, &s->variant);
	s->step = (enum session_step)step;
	return row_end(row);
}

int
store_session_get(struct db *db, int64_t tenant, const char *tid,
    struct session *out)
{
	static const struct stmt get = { "session_get",
	    SESSIONS " AND tid = $2" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "it", tenant, tid)) != 0)
		return r;
	if ((r = session_read(row, out)) != 0)
		session_free(out);
	row_free(row);
	return r;
}

int
store_session_authenticated(struct db *db, int64_t tenant,
    const struct session *s, int64_t now)
{
	static const struct stmt put = { "session_authenticated",
	    "INSERT INTO sessions (tenant, tid, step, created, touched, due,"
	    " dp_ci, euicc_ci, server_challenge, address, svn, eid, order_id,"
	    " iccid, euicc_point, euicc_curve, cc_required, smdp_signature2,"
	    " metadata, auth_sum, smdp_signed2, variant)"
	    " VALUES ($1, $2, 'authenticated', $14, $3, $14, $15, $16, $17,"
	    " $18, $19, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
	    " $20)"
	    " ON CONFLICT (tenant, tid) DO UPDATE SET step = 'authenticated',"
	    " touched = $3, eid = $4, order_id = $5, iccid = $6,"
	    " euicc_point = $7, euicc_curve = $8, cc_required = $9,"
	    " smdp_signature2 = $10, metadata = $11, auth_sum = $12,"
	    " smdp_signed2 = $13, variant = $20 WHERE step = 'initiated'" };

	return db_must(db, &put, "itieeebddbbbbibbbtbi", tenant, s->tid, now,
	    s->eid, s->order, s->iccid, buf_slice(&s->euicc_point),
	    s->euicc_curve, s->cc_required, buf_slice(&s->smdp_signature2),
	    buf_slice(&s->metadata),
	    slice_of(s->auth_sum, sizeof(s->auth_sum)),
	    buf_slice(&s->smdp_signed2), s->created,
	    slice_of(s->dp_ci, sizeof(s->dp_ci)),
	    slice_of(s->euicc_ci, sizeof(s->euicc_ci)),
	    slice_of(s->server_challenge, sizeof(s->server_challenge)),
	    s->address, slice_of(s->svn, sizeof(s->svn)), s->variant);
}

int
store_session_sent(struct db *db, int64_t tenant, const struct session *s,
    int64_t now)
{
	static const struct stmt set = { "session_sent",
	    "UPDATE sessions SET step = 'bpp_sent', touched = $3,"
	    " euicc_otpk = $4 WHERE tenant = $1 AND tid = $2"
	    " AND (step = 'authenticated' OR (step = 'bpp_sent'"
	    " AND euicc_otpk = $4))" };

	static const struct stmt note = { "order_sent",
	    "UPDATE orders SET sent_tid = $3 WHERE tenant = $1 AND id = $2" };
	int	 r;

	r = db_must(db, &set, "itib", tenant, s->tid, now,
	    buf_slice(&s->euicc_otpk));
	return r != 0 ? r : db_run(db, &note, "itt", tenant, s->order,
	    s->tid);
}

int
store_session_forget(struct db *db, int64_t tenant, const char *order)
{
	static const struct stmt forget = { "session_forget",
	    "UPDATE sessions SET euicc_otpk = NULL, step = 'closed'"
	    " WHERE tenant = $1 AND tid = (SELECT sent_tid FROM orders"
	    " WHERE tenant = $1 AND id = $2)" };

	return db_run(db, &forget, "it", tenant, order);
}

/* The other of two equal calls may have made the row since. */
static int
session_close_begun(struct db *db, int64_t tenant, const struct session *s,
    int64_t now)
{
	static const struct stmt put = { "session_close_begun",
	    "INSERT INTO sessions (tenant, tid, step, created, touched, due,"
	    " dp_ci, euicc_ci, server_challenge, address, svn)"
	    " VALUES ($1, $2, 'closed', $3, $4, $3, $5, $6, $7, $8, $9)"
	    " ON CONFLICT (tenant, tid) DO UPDATE SET step = 'closed',"
	    " touched = $4 WHERE step <> 'closed'" };

	return db_run(db, &put, "itiibbbtb", tenant, s->tid, s->created, now,
	    slice_of(s->dp_ci, sizeof(s->dp_ci)),
	    slice_of(s->euicc_ci, sizeof(s->euicc_ci)),
	    slice_of(s->server_challenge, sizeof(s->server_challenge)),
	    s->address, slice_of(s->svn, sizeof(s->svn)));
}

int
store_session_close(struct db *db, int64_t tenant, const struct session *s,
    int64_t now)
{
	static const struct stmt set = { "session_close",
	    "UPDATE sessions SET step = 'closed', touched = $3"
	    " WHERE tenant = $1 AND tid = $2 AND step <> 'closed'" };

	if (s->begun)
		return session_close_begun(db, tenant, s, now);
	return db_run(db, &set, "iti", tenant, s->tid, now);
}

int
store_session_count(struct db *db, int64_t since, int64_t now, int64_t *open)
{
	static const struct stmt count = { "session_count",
	    "SELECT count(*) FROM sessions WHERE due BETWEEN $1 AND $2"
	    " AND step <> 'closed'" };
	struct row	*row;
	int		 r;

	*open = 0;
	if ((r = db_get(db, &count, &row, "ii", since, now)) != 0)
		return r;
	row_int(row, 0, open);
	r = row_end(row);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, const struct session *s);
	void	*arg;
};

static int
session_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct session	 s = {0};
	int		 r;

	if ((r = session_read(row, &s)) == 0)
		r = e->fn(e->arg, &s);
	session_free(&s);
	return r;
}

int
store_session_each(struct db *db, int64_t tenant, bool open_only,
    int64_t limit, int (*fn)(void *arg, const struct session *s), void *arg)
{
	static const struct stmt all = { "session_each",
	    SESSIONS_WALK " ORDER BY seq DESC LIMIT $2" };
	static const struct stmt open = { "session_each_open",
	    SESSIONS_WALK " AND step <> 'closed' ORDER BY seq DESC LIMIT $2" };
	struct each	 e = { fn, arg };

	return db_each(db, open_only ? &open : &all, session_one, &e, "ii",
	    tenant, limit > 0 ? limit : (int64_t)LIM_LIST);
}
