/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file for the network's subscriber database.  It is made whole before its
 * first octet leaves, encrypted and beside the database, so that the audit row
 * that goes before it has its digest; memory does not grow with it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "server/admin/export.h"
#include "server/vault.h"

#define CERT_MAX	(64 * 1024)
#define COLUMNS_MAX	1024
#define PAGE		500	/* profiles read at once */
#define PLAIN_MAX	100000	/* subscribers; they are held in memory */

struct export_in {
	char		*format, *type, *state, *iccid, *columns, *apn;
	char		*reason;
	int64_t		 batch;
	struct buf	 recipient;
	bool		 plain, pem;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct export_in, m), max, flags }
static const struct jfield	export_tab[] = {
	F("format", JFIELD_TEXT, format, 16, 0),
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, JFIELD_OPT),
	F("state", JFIELD_TEXT, state, 16, JFIELD_OPT),
	F("batch", JFIELD_INT, batch, INT32_MAX, JFIELD_OPT),
	F("iccid", JFIELD_TEXT, iccid, 2 * ICCID_TEXT + 2, JFIELD_OPT),
	F("columns", JFIELD_TEXT, columns, COLUMNS_MAX, JFIELD_OPT),
	F("apn", JFIELD_TEXT, apn, 100, JFIELD_OPT),
	F("reason", JFIELD_TEXT, reason, LIM_SUBJECT, JFIELD_OPT),
	F("recipient", JFIELD_BASE64, recipient, CERT_MAX, JFIELD_OPT),
	F("plain", JFIELD_BOOL, plain, 0, JFIELD_OPT),
	F("pem", JFIELD_BOOL, pem, 0, JFIELD_OPT)
};
#undef F

/* What is written of it, before and, where it broke off, after. */
struct export_note {
	struct store	*store;
	const struct clock *clock;
	int64_t		 tenant;
	char		 actor[40];
	const char	*action;
	char		 iccid[ICCID_TEXT];	/* of the only one */
	struct buf	 detail;
};

static int
note_write(struct db *db, void *arg)
{
	const struct export_note	*n = arg;
	struct audit			 a = { 0 };

	a.at = clock_now(n->clock);
	a.actor = n->actor;
	a.action = n->action;
	a.iccid = n->iccid[0] != '\0' ? n->iccid : NULL;
	a.detail = (const char *)n->detail.p;
	return store_audit_add(db, n->tenant, &a);
}

static void
note_free(struct export_note *n)
{
	if (n == NULL)
		return;
	buf_free(&n->detail);
	free(n);
}

/* The last octet was sent, or the one who asked is gone. */
static void
export_ended(void *arg, bool whole)
{
	struct export_note	*n = arg;
	int			 r;

	if (!whole) {
		n->action = "export.hss.broken-off";
		if ((r = store_write(n->store, STORE_DURABLE, note_write,
		    n)) != 0)
			log_error("export-audit actor=\"%s\" reason=\"%s\"",
			    n->actor, err_text(r));
	}
	note_free(n);
}

static struct export_note *
note_new(const struct export *x, const struct export_in *in,
    const char *digest)
{
	struct export_note	*n = xcalloc(1, sizeof(*n));
	const struct ctx	*c = x->call->ctx;

	n->store = c->store;
	n->clock = c->clock;
	n->tenant = c->tenant;
	n->action = "export.hss";
	snprintf(n->actor, sizeof(n->actor), "%s", x->call->actor);
	if (x->count == 1)
		memcpy(n->iccid, x->iccid, sizeof(n->iccid));
	buf_addf(&n->detail, "format=%s count=%" PRId64 " recipient=%s"
	    " sha256=%s", x->file.format->name, x->count,
	    x->cms != NULL ? cms_key_id(x->cms) : "none,plain", digest);
	if (in->type != NULL)
		buf_addf(&n->detail, " type=%s", in->type);
	if (in->batch != 0)
		buf_addf(&n->detail, " batch=%" PRId64, in->batch);
	if (in->state != NULL)
		buf_addf(&n->detail, " state=%s", in->state);
	if (in->iccid != NULL)
		buf_addf(&n->detail, " iccid=%s", in->iccid);
	if (in->reason != NULL)
		buf_addf(&n->detail, " reason=%s", in->reason);
	buf_cstr(&n->detail);
	return n;
}

/* What has gathered goes into the spool, sealed where it is to be. */
static int
export_flush(struct export *x, bool last)
{
	int	 r = 0;

	if (x->text.len < EXPORT_PIECE && !last)
		return 0;
	if (x->cms == NULL)
		r = spool_add(&x->spool, buf_slice(&x->text));
	else if ((r = cms_add(x->cms, buf_slice(&x->text),
	    &x->sealed)) == 0 && (!last || (r = cms_end(x->cms,
	    &x->sealed)) == 0))
		r = spool_add(&x->spool, buf_slice(&x->sealed));
	buf_cut(&x->text, 0);
	buf_cut(&x->sealed, 0);
	return r == 0 ? 0 : why_set(&x->call->why, r, "export: %s",
	    err_text(r));
}

static int
export_one(void *arg, const struct profile *p)
{
	struct export	*x = arg;
	int		 r;

	x->seen++;
	memcpy(x->after, p->iccid, sizeof(x->after));
	/* A retired profile is no subscriber, unless one asks for them. */
	if ((x->digits != 0 && strlen(p->iccid) != x->digits) ||
	    (x->any && p->state == LIFE_UNAVAILABLE))
		return 0;
	if (x->cms == NULL && x->count == PLAIN_MAX)
		return why_set(&x->call->why, DPE_RANGE, "plain: at most %d "
		    "subscribers; a file for a recipient may have more",
		    PLAIN_MAX);
	if ((r = export_row(x, p)) != 0)
		return r;
	return export_flush(x, false);
}

static int
export_all(struct export *x, struct keys_filter *f)
{
	struct ctx	*c = x->call->ctx;
	int		 r;

	f->limit = PAGE;
	if (x->file.format->head != NULL)
		x->file.format->head(&x->file, &x->text);
	do {
		x->seen = 0;
		if ((r = store_keys_each(c->db, c->tenant, f, export_one,
		    x)) != 0)
			return r;
		f->after = x->after;
	} while (x->seen == PAGE);
	if (x->count == 0)
		return why_set(&x->call->why, DPE_NOTFOUND, x->erased > 0 ?
		    "profiles: their keys were erased after installation" :
		    "profiles: none that fits");
	if (x->file.format->tail != NULL)
		x->file.format->tail(&x->file, &x->text);
	return export_flush(x, true);
}

/* A..B, or one number; both ends are meant. */
static int
export_range(struct export *x, const char *text, struct keys_filter *f,
    char after[ICCID_TEXT], char last[ICCID_TEXT])
{
	const char	*dots = strstr(text, "..");
	char		 first[2 * ICCID_TEXT + 3];

	snprintf(first, sizeof(first), "%.*s", dots == NULL ?
	    (int)strlen(text) : (int)(dots - text), text);
	if (iccid_parse(first, after) != 0 ||
	    iccid_parse(dots == NULL ? first : dots + 2, last) != 0 ||
	    strlen(after) != strlen(last) || strcmp(after, last) > 0)
		return why_set(&x->call->why, DPE_USAGE, "iccid: FIRST..LAST "
		    "of as many digits, or one");
	x->digits = strlen(last);
	/* The greatest text below it. */
	after[x->digits - 1]--;
	f->after = after;
	f->last = last;
	return 0;
}

/* Its type leads to its rows. */
static int
export_batch(struct export *x, int64_t id, struct keys_filter *f)
{
	struct admin_call	*call = x->call;
	struct why		*why = &call->why;
	int			 r;

	if (id == 0)
		return 0;
	r = store_batch_get(call->ctx->db, call->ctx->tenant, id, &x->batch);
	if (r != 0)
		return r == DPE_NOTFOUND ? why_set(why, r, "batch %" PRId64
		    ": not found", id) : r;
	if (x->batch.state != BATCH_LIVE)
		return why_set(why, DPE_STATE, "batch %" PRId64 ": is %s", id,
		    batch_state_name(x->batch.state));
	if (f->type != NULL && strcmp(f->type, x->batch.type) != 0)
		return why_set(why, DPE_NOTFOUND, "batch %" PRId64 ": is of "
		    "type %s", id, x->batch.type);
	f->type = x->batch.type;
	f->batch = id;
	return 0;
}

static int
export_filter(struct export *x, const struct export_in *in,
    struct keys_filter *f, char after[ICCID_TEXT], char last[ICCID_TEXT])
{
	enum life_state	 state;
	struct ptype	 t = { 0 };
	int		 r;

	f->state = -1;
	x->any = in->state == NULL;
	if (in->type != NULL) {
		if ((r = admin_type_get(x->call, in->type, &t)) != 0)
			return r;
		ptype_free(&t);
		f->type = in->type;
	}
	if ((r = export_batch(x, in->batch, f)) != 0)
		return r;
	if (in->state != NULL) {
		if (life_state_parse(in->state, &state) != 0)
			return why_set(&x->call->why, DPE_USAGE,
			    "state: %s: no such state", in->state);
		f->state = (int)state;
	}
	return in->iccid == NULL ? 0 : export_range(x, in->iccid, f, after,
	    last);
}

/* For whom: a certificate, or, on a test bench, everybody. */
static int
export_target(struct export *x, const struct export_in *in)
{
	const struct ctx	*c = x->call->ctx;
	struct why		*why = &x->call->why;
	const char		*db = c->set->db;
	int			 r;

	if (in->plain == (in->recipient.len > 0))
		return why_set(why, DPE_USAGE, "recipient: a certificate is "
		    "needed, or else plain");
	if (in->plain && in->pem)
		return why_set(why, DPE_USAGE, "pem: goes with a recipient");
	if (in->plain && (r = admin_lab(x->call, "keys in clear")) != 0)
		return r;
	if (!in->plain && (r = cms_begin(buf_slice(&in->recipient),
	    admin_now(c), in->pem, &x->cms, why)) != 0)
		return r == DPE_CERT ? DPE_RANGE : r;
	if ((r = spool_open(&x->spool, in->plain ? NULL :
	    db + strlen("sqlite:"))) != 0)
		return why_set(why, r, "export: no file can be made beside "
		    "the database");
	return 0;
}

/* The row is synced, then the file is given away. */
static int
export_give(struct export *x, const struct export_in *in)
{
	struct admin_call	*call = x->call;
	struct export_note	*n;
	char			 digest[DIGEST_TEXT];
	int			 r;

	digest_end(x->spool.digest, digest);
	n = note_new(x, in, digest);
	if ((r = store_write(call->ctx->store, STORE_DURABLE, note_write,
	    n)) != 0) {
		note_free(n);
		return admin_fail(call, r, "export", "hss");
	}
	admin_set_text(call->out, "format", x->file.format->name);
	admin_set_int(call->out, "count", x->count);
	admin_set_int(call->out, "erased", x->erased);
	admin_set_text(call->out, "recipient", x->cms == NULL ? NULL :
	    cms_key_id(x->cms));
	admin_set_int(call->out, "octets", (int64_t)x->spool.size);
	admin_set_text(call->out, "sha256", digest);
	call->file = xcalloc(1, sizeof(*call->file));
	call->file->fd = x->spool.fd;
	call->file->size = x->spool.size;
	call->file->ended = export_ended;
	call->file->arg = n;
	x->spool.fd = -1;
	return 0;
}

static int
export_hss(struct admin_call *call)
{
	struct export_in	 in = { 0 };
	struct keys_filter	 f = { 0 };
	struct export		*x = xcalloc(1, sizeof(*x));
	char			 after[ICCID_TEXT], last[ICCID_TEXT];
	int			 r;

	x->call = call;
	x->spool.fd = -1;
	if ((r = admin_read(call, export_tab, NELEM(export_tab), &in)) == 0 &&
	    (r = hss_file_begin(&x->file, in.format, in.columns, in.apn,
	    &call->why)) == 0 &&
	    (r = export_filter(x, &in, &f, after, last)) == 0 &&
	    (r = export_target(x, &in)) == 0 &&
	    (r = export_all(x, &f)) == 0)
		r = export_give(x, &in);
	hss_file_end(&x->file);
	hss_row_free(&x->row);
	export_bodies_free(x);
	cms_free(x->cms);
	spool_close(&x->spool);
	buf_free(&x->text);
	buf_free(&x->sealed);
	free(x);
	jfield_free(export_tab, NELEM(export_tab), &in);
	return r;
}

const struct admin_verb	admin_export_verbs[] = {
	{ "export", "hss", export_hss },
	{ NULL, NULL, NULL }
};
