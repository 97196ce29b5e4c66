/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the card never forgets: its profiles, the notifications not yet
 * acknowledged, the sequence counter, a one-time key kept for a retry.  A JSON
 * file, or memory only.
 */
#ifndef TOOLS_VUICC_STATE_H
#define TOOLS_VUICC_STATE_H

#include "base/buf.h"
#include "base/ident.h"

#define VUICC_PROFILES	256	/* on one card */
#define VUICC_PENDING	256	/* notifications */
#define VUICC_NOTIFY	8	/* configured addresses in a profile */
#define VUICC_CONNECT	8

/* Where the card's certificates and its trust are: remembered for later. */
struct vuicc_trust {
	char	*eid, *pki, *cafile;	/* NULL when not known */
	char	*connect[VUICC_CONNECT];
	size_t	 n_connect;
};

struct vuicc_notify {
	int64_t	 events;	/* 1 install 2 enable 4 disable 8 delete */
	char	*address;
};

struct vuicc_profile {
	char			*iccid, *provider, *name, *upp_sha256;
	char			*nickname;	/* NULL: none */
	char			*contents;	/* JSON; NULL: not kept */
	struct buf		 metadata;	/* BF25; empty in old files */
	int64_t			 profile_class, ppr, aid;
	bool			 enabled;
	struct vuicc_notify	 notify[VUICC_NOTIFY];
	size_t			 n_notify;
};

struct vuicc_pending {
	int64_t		 seq, event;
	char		*address, *iccid;
	struct buf	 der;		/* BF37 or 30 */
};

/* otSK.EUICC, for a BPP that may be offered again (5.7.5). */
struct vuicc_kept {
	bool		set;
	struct buf	scalar, point, smdp_oid;
};

struct vuicc_state {
	char			*path;		/* NULL: memory only */
	int			 lock;
	bool			 dirty;
	struct vuicc_trust	 trust;
	int64_t			 seq;		/* of the last notification */
	int64_t			 last_aid;
	char			*default_dp;	/* address; NULL: none */
	struct vuicc_profile	 profile[VUICC_PROFILES];
	size_t			 n_profile;
	struct vuicc_pending	 pending[VUICC_PENDING];
	size_t			 n_pending;
	struct vuicc_kept	 kept;
};

/*
 * Read the file, or begin a new card when there is none (must_exist false).
 * path NULL: memory only.  DPE_BUSY when another process has it, DPE_NOTFOUND,
 * DPE_SYNTAX.  *out is NULL after an error.
 */
MUST_CHECK int	vuicc_state_open(const char *path, bool must_exist,
		    struct vuicc_state **out, struct why *why);
void		vuicc_state_free(struct vuicc_state *st);
/* Write it (mode 0600, synced) if it changed since; nothing in memory. */
MUST_CHECK int	vuicc_state_save(struct vuicc_state *st, struct why *why);

/* NULL when there is none. */
struct vuicc_profile	*vuicc_state_profile(struct vuicc_state *st,
			    const char *iccid);
/* A zeroed one at the end; NULL when the card is full. */
struct vuicc_profile	*vuicc_state_profile_add(struct vuicc_state *st);
void			 vuicc_state_profile_del(struct vuicc_state *st,
			    struct vuicc_profile *p);
/* NULL when the card is full. */
struct vuicc_pending	*vuicc_state_pending_add(struct vuicc_state *st);
/* Forget the i-th. */
void			 vuicc_state_pending_del(struct vuicc_state *st,
			    size_t i);
void			 vuicc_state_kept_drop(struct vuicc_state *st);

/* vuicc_state_json.c: the file's form. */
void		vuicc_state_write(const struct vuicc_state *st,
		    struct buf *out);
MUST_CHECK int	vuicc_state_read(struct slice text, struct vuicc_state *st,
		    struct why *why);

#endif
