/* SPDX-License-Identifier: Apache-2.0 */
/* A server over a store that steps back: made, and its first orders. */
#include "tests/unit/life.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/sqlite.h"
#include "db/store_priv.h"
#include "server/admin/admin.h"
#include "server/vault.h"

/*
 * One connection for reader and writer, and a transaction of the store is a
 * savepoint in it: what was written can be taken back again.
 */
static struct driver	 stepping;
static struct conn	*shared;
static int		 users;

static int
stepping_open(const char *where, enum driver_mode mode, struct conn **out,
    struct why *why)
{
	int	 r;

	if (shared == NULL) {
		if ((r = driver_sqlite.open(where, mode, &shared, why)) != 0)
			return r;
		shared->drv = &stepping;
	}
	users++;
	*out = shared;
	return 0;
}

static void
stepping_close(struct conn *c)
{
	if (--users > 0)
		return;
	driver_sqlite.close(c);
	shared = NULL;
}

static int
stepping_begin(struct conn *c, bool durable)
{
	(void)durable;
	return c->drv->script(c, "SAVEPOINT stepping");
}

static int
stepping_commit(struct conn *c)
{
	return c->drv->script(c, "RELEASE stepping");
}

static int
stepping_rollback(struct conn *c)
{
	return c->drv->script(c, "ROLLBACK TO stepping; RELEASE stepping");
}

/* Nobody writes beside this reader. */
static int
stepping_snapshot(struct conn *c, bool begin)
{
	(void)c;
	(void)begin;
	return 0;
}

int	__real_store_write(struct store *s, enum store_sync sync,
	    int (*fn)(struct db *db, void *arg), void *arg);
int	__wrap_store_write(struct store *s, enum store_sync sync,
	    int (*fn)(struct db *db, void *arg), void *arg);

/* What the writer does, without a thread of its own: one caller, no hurry. */
int
__wrap_store_write(struct store *s, enum store_sync sync,
    int (*fn)(struct db *db, void *arg), void *arg)
{
	int	 r;

	if (s->drv != &stepping)
		return __real_store_write(s, sync, fn, arg);
	if (s->drv->begin(s->db->conn, sync == STORE_DURABLE) != 0)
		return DPE_DB;
	if ((r = fn(s->db, arg)) == 0)
		return s->drv->commit(s->db->conn) == 0 ? 0 : DPE_DB;
	return s->drv->rollback(s->db->conn) == 0 ? r : DPE_DB;
}

static void
must(int r, const char *what)
{
	if (r == 0)
		return;
	fprintf(stderr, "life: %s: %s\n", what, err_text(r));
	abort();
}

void
life_sql(sqlite3 *h, const char *sql)
{
	if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "life: %s: %s\n", sql, sqlite3_errmsg(h));
		abort();
	}
}

int
life_admin(struct life_world *w, const char *noun, const char *verb,
    const char *json)
{
	struct admin_call	 call = { .ctx = &w->e.ctx, .actor = "test" };
	json_t			*in = json_loads(json, 0, NULL);
	int			 r;

	call.in = in;
	call.out = json_object();
	r = admin_verb_find(noun, verb)->fn(&call);
	json_decref(call.out);
	json_decref(in);
	return r;
}

/* MatchingIDs are LIFE-1, LIFE-2 ... in the order of the orders. */
void
life_order_new(struct life_world *w, const char *json)
{
	must(life_admin(w, "order", "new", json), json);
}

struct stock {
	struct ptype	type;
	struct body	body;
	struct profile	profile;
};

static int
stock_write(struct db *db, void *arg)
{
	struct stock	*k = arg;
	int		 i, r;

	if ((r = store_type_add(db, TENANT_DEFAULT, &k->type)) != 0 ||
	    (r = store_body_add(db, TENANT_DEFAULT, &k->body)) != 0)
		return r;
	memcpy(k->profile.body, k->body.id, sizeof(k->profile.body));
	for (i = 1; i <= LIFE_PROFILES; i++) {
		snprintf(k->profile.iccid, sizeof(k->profile.iccid), "%s",
		    life_iccid(i));
		if ((r = store_profile_add(db, TENANT_DEFAULT, &k->profile,
		    ENV_NOW)) != 0)
			return r;
	}
	return 0;
}

static void
stock(struct life_world *w)
{
	struct stock	 k = {
		.type = { .name = "t", .spn = "S", .profile_name = "P",
		    .profile_class = 2, .icon_type = -1, .notify = 15,
		    .reinstall = LIFE_REINSTALLS },
		.profile = { .type = "t", .checked = true },
	};
	struct buf	 upp = {0};

	must(vault_body_put(&w->e.ctx, env_vec(&upp, "nist_skeys.upp"), false,
	    &k.body), "body");
	must(store_write(w->store, STORE_DURABLE, stock_write, &k), "stock");
	buf_free(&k.body.sealed);
	buf_free(&upp);
}

static void
orders(struct life_world *w, const char *setup)
{
	struct buf	 b = {0};
	bool		 lab = strcmp(setup, "lab") == 0;

	if (lab)
		buf_addf(&b, "{\"iccid\":\"%s\",\"matching_id\":\"LIFE-1\","
		    "\"lock\":\"open\",\"max_downloads\":3}", life_iccid(1));
	else
		buf_addf(&b, "{\"iccid\":\"%s\",\"matching_id\":\"LIFE-1\","
		    "\"cc\":\"%s\",\"max_cc\":2,\"max_downloads\":3,"
		    "\"expires\":\"2026-06-01T00:00:10Z\"}", life_iccid(1),
		    LIFE_CODE);
	life_order_new(w, buf_cstr(&b));
	buf_cut(&b, 0);
	if (lab)
		buf_addf(&b, "{\"iccid\":\"%s\",\"matching_id\":\"LIFE-2\","
		    "\"reusable\":true,\"max_downloads\":2}", life_iccid(2));
	else
		buf_addf(&b, "{\"iccid\":\"%s\",\"eid\":\"%s\","
		    "\"default\":true,\"max_downloads\":2}", life_iccid(2),
		    life_eid(1));
	life_order_new(w, buf_cstr(&b));
	buf_free(&b);
}

/* A copy of the store as it was some steps ago, for those who read late. */
static void
late(struct life_world *w)
{
	struct why	 why = {""};
	char		 path[160];

	snprintf(path, sizeof(path), "%s/late.db", w->e.dir);
	must(store_backup(w->store, path, &why), why.text);
	must(db_open(&driver_sqlite, path, DRIVER_WRITE, &w->late_db, &why),
	    why.text);
	w->late_h = ((struct sqlite_conn *)w->late_db->conn)->h;
}

void
life_open(struct life_world *w, const char *setup)
{
	struct why	 why = {""};
	char		 path[160];

	memset(w, 0, sizeof(*w));
	env_open(&w->e);
	w->env_store = w->e.ctx.store;
	w->env_db = w->e.ctx.db;
	stepping = driver_sqlite;
	stepping.open = stepping_open;
	stepping.close = stepping_close;
	stepping.begin = stepping_begin;
	stepping.commit = stepping_commit;
	stepping.rollback = stepping_rollback;
	stepping.snapshot = stepping_snapshot;
	snprintf(path, sizeof(path), "%s/life.db", w->e.dir);
	must(store_open_with(&stepping, path, true, migrations, migrations_n,
	    &w->store, &why), why.text);
	must(store_reader(w->store, &w->db), "reader");
	w->e.ctx.store = w->store;
	w->e.ctx.db = w->db;
	w->h = ((struct sqlite_conn *)shared)->h;
	life_mail_open(w);
	stock(w);
	orders(w, setup);
	late(w);
	life_look_open(w);
	life_look(w);
	life_sql(w->h, "BEGIN");
}

void
life_close(struct life_world *w)
{
	life_sql(w->h, "ROLLBACK");
	life_look_close(w);
	db_close(w->late_db);
	store_reader_free(w->db);
	store_close(w->store);
	w->e.ctx.store = w->env_store;
	w->e.ctx.db = w->env_db;
	life_mail_close(w);
	env_close(&w->e);
}
