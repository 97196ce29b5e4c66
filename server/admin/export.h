/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of `export hss' share: one export going on. */
#ifndef SERVER_ADMIN_EXPORT_H
#define SERVER_ADMIN_EXPORT_H

#include "certs/cms.h"
#include "db/store_batch.h"
#include "db/store_keys.h"
#include "server/admin/internal.h"
#include "server/admin/spool.h"
#include "server/hss/hss.h"
#include "server/saip/facts.h"

#define EXPORT_BODIES	4	/* templates that are kept open */
#define EXPORT_PIECE	(32 * 1024)

/* A body in clear, and what it says for all of its subscribers. */
struct export_body {
	char			 id[ROW_ID_TEXT];
	struct buf		 plain;
	struct fs		 fs;		/* its files; none: it is odd */
	struct slice		 field[SAIP_FIELDS];	/* of the body */
	struct saip_facts	 facts;
	bool			 patched[SAIP_FIELDS];
};

struct export {
	struct admin_call	*call;
	struct batch		 batch;		/* that is asked for */
	struct hss_file		 file;
	struct hss_row		 row;
	struct export_body	 body[EXPORT_BODIES];
	size_t			 next;		/* body to be replaced */
	struct cms		*cms;		/* NULL: plain */
	struct spool		 spool;
	struct buf		 text;		/* rows, not yet in the spool */
	struct buf		 sealed;	/* the same, encrypted */
	size_t			 digits;	/* of the ICCIDs; 0: any */
	bool			 any;	/* no state is asked for */
	int64_t			 count, erased;
	char			 iccid[ICCID_TEXT];	/* the last one in it */
	char			 after[ICCID_TEXT];
	int64_t			 seen;		/* rows of this page */
};

/* export_row.c: the next subscriber, into x->text; counts it. */
MUST_CHECK int	export_row(struct export *x, const struct profile *p);
/* Give all bodies back. */
void		export_bodies_free(struct export *x);

#endif
