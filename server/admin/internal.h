/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs of the admin API share with each other and with nobody else. */
#ifndef SERVER_ADMIN_INTERNAL_H
#define SERVER_ADMIN_INTERNAL_H

#include "base/jfield.h"
#include "db/store_event.h"
#include "server/admin/admin.h"

#define TIME_TEXT	32

/* The verbs of a noun, ended by an empty row. */
extern const struct admin_verb	admin_type_verbs[], admin_variant_verbs[],
    admin_profile_verbs[],
    admin_order_verbs[], admin_qr_verbs[], admin_session_verbs[],
    admin_euicc_verbs[], admin_notify_verbs[], admin_audit_verbs[],
    admin_status_verbs[], admin_lab_verbs[], admin_export_verbs[],
    admin_batch_verbs[], admin_template_verbs[];

/* Seconds; in a lab the clock may have been moved. */
int64_t		admin_now(const struct ctx *c);

/* The members of the call; anything wrong with them is DPE_USAGE. */
MUST_CHECK int	admin_read(struct admin_call *call, const struct jfield *tab,
		    size_t n, void *out);
/* DPE_UNSUPPORTED, with a reason, unless the config says `lab yes`. */
MUST_CHECK int	admin_lab(struct admin_call *call, const char *what);
/* The type of this name, or a reason. */
MUST_CHECK int	admin_type_get(struct admin_call *call, const char *name,
		    struct ptype *out);
/* A reason for r, where what failed is a plain store_get of "noun id". */
MUST_CHECK int	admin_fail(struct admin_call *call, int r, const char *noun,
		    const char *id);

/* RFC 3339, UTC; "YYYY-MM-DDThh:mm:ssZ". */
void		admin_time_text(int64_t t, char out[TIME_TEXT]);
/* RFC 3339 with any offset. DPE_RANGE. */
MUST_CHECK int	admin_time_parse(const char *text, int64_t *out);

/* "+72h" from now, RFC 3339, or "never", which is 0; DPE_USAGE and why. */
MUST_CHECK int	admin_expires(struct admin_call *call, const char *text,
		    int64_t now, int64_t *out);

/* Set a member: null for an empty text, for the time 0. */
void		admin_set_text(json_t *o, const char *key, const char *s);
void		admin_set_time(json_t *o, const char *key, int64_t t);
void		admin_set_int(json_t *o, const char *key, int64_t v);
void		admin_set_bool(json_t *o, const char *key, bool v);

/*
 * A page of a list: rows are added until `limit`; `after` is what the caller
 * has to name to get the following page.
 */
struct admin_page {
	json_t	*items;
	int64_t	 limit;
	int64_t	 seen;		/* rows, also those that were skipped */
	char	 after[80];
};
/* limit 0: as many as a page may have. */
MUST_CHECK int	admin_page_begin(struct admin_call *call, int64_t limit,
		    struct admin_page *p);
/* Takes item. */
void		admin_page_add(struct admin_page *p, json_t *item,
		    const char *key);
/* A row that was read and is not shown. */
void		admin_page_skip(struct admin_page *p, const char *key);
/* Into call->out. */
void		admin_page_end(struct admin_call *call, struct admin_page *p);

/* One audit row of the call, inside its store_write(). */
struct admin_mark {
	const struct admin_call	*call;
	int64_t			 now;
	const char		*action;
};
MUST_CHECK int	admin_audit(struct db *db, const struct admin_mark *m,
		    const char *order, const char *iccid, const char *eid,
		    const char *detail);

/* The profile's and the order's JSON, as documented. */
json_t		*admin_profile_json(const struct profile *p);
MUST_CHECK int	 admin_order_json(struct admin_call *call,
		    const struct order *o, json_t *out);

/* order_new.c, order_move.c, order_reset.c: verbs of order.c's table */
int		admin_order_new(struct admin_call *call);
int		admin_order_release(struct admin_call *call);
int		admin_order_cancel(struct admin_call *call);
int		admin_order_reinstall(struct admin_call *call);
int		admin_order_reset(struct admin_call *call);
/* The order that a call names, for all of them. */
MUST_CHECK int	admin_order_get(struct admin_call *call, const char *id,
		    struct order *out);

/*
 * The same as the last step of a write, so that an answer cannot fail after
 * the change; what an earlier run left in *out is freed.
 */
MUST_CHECK int	admin_order_reread(struct db *db, int64_t tenant,
		    const char *id, struct order *out);

/*
 * Is this a package that a card would take, by the rules of server/saip/lint.h?
 * DPE_SYNTAX and the first error; the texts of warnings go into the answer.
 */
MUST_CHECK int	admin_lint(struct admin_call *call, struct slice upp);

/* import.c, generate.c, decode.c: verbs of profile.c's table */
int		admin_profile_import(struct admin_call *call);
int		admin_profile_decode(struct admin_call *call);
int		admin_profile_generate(struct admin_call *call);
/*
 * type_fit.c: may a package that saip_check() has accepted be of this type?
 * DPE_RANGE and the reason; a "warning" in the answer where not all cards will
 * take it.
 */
struct saip_info;
MUST_CHECK int	admin_type_fit(struct admin_call *call, const struct ptype *t,
		    struct slice upp, const struct saip_info *info);
/*
 * type_template.c: a template, made for the products of a type; NULL: that of
 * its first variant, `consumer` where it has none.  Package, patch map, body.
 */
#define ADMIN_OWN_PLMN	"999-70"	/* for types without an owner */
MUST_CHECK int	admin_template(struct admin_call *call, const struct ptype *t,
		    const char *name, struct buf *upp, struct buf *patch,
		    struct body *body);
/*
 * A profile of it as it will be, held against the type as one that is
 * imported: a template may keep what it should vary.  iccid NULL: of anybody.
 */
MUST_CHECK int	admin_template_fit(struct admin_call *call,
		    const struct ptype *t, const struct buf *upp,
		    const struct buf *patch, const char *iccid,
		    const char *imsi);
/* variant.c: the fields of all variants of a type, added to *all. */
MUST_CHECK int	admin_variant_fields(const struct admin_call *call,
		    const char *type, uint64_t *all);
/* The same of a profile in the store and its own type. */
MUST_CHECK int	admin_profile_fit(struct admin_call *call, const char *iccid);
/* The profile with this ICCID, in whatever way people write it. */
MUST_CHECK int	admin_profile_get(struct admin_call *call, const char *iccid,
		    struct profile *p);
/* Use the body with this index if there is one, add it otherwise. */
MUST_CHECK int	admin_body_use(struct db *db, int64_t tenant,
		    const struct body *b, char id[ROW_ID_TEXT]);

#endif
