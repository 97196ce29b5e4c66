/* SPDX-License-Identifier: Apache-2.0 */
/* The audit trail. */
#include "db/db.h"
#include "db/store_event.h"

#define AUDIT "SELECT id, at, actor, action, order_id, iccid, eid, tid," \
	" detail FROM audit WHERE tenant = $1 AND id < $2"
#define PAGE " ORDER BY id DESC LIMIT $3"
/* The filters that do not lead, where empty means any. */
#define ICCID " AND ($5 = '' OR iccid = $5)"
#define EID " AND ($6 = '' OR eid = $6)"

int
store_audit_add(struct db *db, int64_t tenant, const struct audit *a)
{
	static const struct stmt add = { "audit_add",
	    "INSERT INTO audit (tenant, at, actor, action, order_id, iccid,"
	    " eid, tid, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" };

	return db_run(db, &add, "iitteeeee", tenant, a->at, a->actor,
	    a->action, a->order, a->iccid, a->eid, a->tid, a->detail);
}

struct each {
	int	(*fn)(void *arg, const struct audit *a);
	void	*arg;
};

static int
audit_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct audit	 a;
	int		 r;

	row_int(row, 0, &a.id);
	row_int(row, 1, &a.at);
	a.actor = row_str(row, 2);
	a.action = row_str(row, 3);
	a.order = row_str(row, 4);
	a.iccid = row_str(row, 5);
	a.eid = row_str(row, 6);
	a.tid = row_str(row, 7);
	a.detail = row_str(row, 8);
	if ((r = row_end(row)) == 0)
		r = e->fn(e->arg, &a);
	return r;
}

int
store_audit_each(struct db *db, int64_t tenant, const struct audit_filter *f,
    int (*fn)(void *arg, const struct audit *a), void *arg)
{
	static const struct stmt all = { "audit_each", AUDIT PAGE };
	/* What is said of an order is said of its profile too. */
	static const struct stmt by_order = { "audit_each_order",
	    AUDIT " AND iccid = (SELECT iccid FROM orders WHERE tenant = $1"
	    " AND id = $4) AND order_id = $4" ICCID EID PAGE };
	static const struct stmt by_iccid = { "audit_each_iccid",
	    AUDIT " AND iccid = $5" EID PAGE };
	static const struct stmt by_eid = { "audit_each_eid",
	    AUDIT " AND eid = $6" PAGE };
	const struct stmt	*q = &all;
	struct each		 e = { fn, arg };

	if (f->order != NULL)
		q = &by_order;
	else if (f->iccid != NULL)
		q = &by_iccid;
	else if (f->eid != NULL)
		q = &by_eid;
	return db_each(db, q, audit_one, &e, "iiittt", tenant,
	    f->before > 0 ? f->before : INT64_MAX,
	    f->limit > 0 ? f->limit : (int64_t)LIM_LIST,
	    f->order == NULL ? "" : f->order,
	    f->iccid == NULL ? "" : f->iccid, f->eid == NULL ? "" : f->eid);
}
