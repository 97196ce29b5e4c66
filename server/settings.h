/* SPDX-License-Identifier: Apache-2.0 */
/* smdpd.conf as the server reads it; the table is in settings.c. */
#ifndef SERVER_SETTINGS_H
#define SERVER_SETTINGS_H

#include "base/conf.h"

struct settings {
	char			*path;		/* of the file itself */
	struct conf_list	 address;	/* first is canonical */
	struct conf_list	 listen_es9;	/* ADDR:PORT, [ADDR]:PORT */
	char			*listen_admin;	/* unix:PATH */
	char			*pki;		/* directory */
	char			*db;		/* sqlite:PATH */
	char			*kek;		/* file:PATH */
	char			*admin_group;	/* NULL: none */
	char			*log_level;
	unsigned		 workers;	/* 0: 16 a core */
	unsigned		 max_connections;
	unsigned		 worker_connections;	/* 0: any number */
	int64_t			 session_timeout;	/* seconds */
	int64_t			 order_expiry;		/* seconds, 0: never */
	struct conf_list	 block_ski;	/* 40 hex digits */
	struct conf_list	 block_eid;	/* EID, EID-EID */
	struct conf_list	 block_firmware;	/* [DIGITS:]X.Y.Z */
	char			*crl_stale;	/* "warn", "refuse" */
	char			*svn_max;	/* "2.N" */
	unsigned		 svn_minor;	/* the N of it */
	bool			 lab;
};

/*
 * Read and check the file; relative paths in it are taken from its folder.
 * The reason is `FILE:LINE: ...`.  Free in any case.
 */
MUST_CHECK int	settings_load(const char *path, struct settings *out,
		    struct why *why);
void		settings_print(const struct settings *s, struct buf *out);
void		settings_free(struct settings *s);
/* Is this one of our addresses?  Without case, port included as spelled. */
bool		settings_is_ours(const struct settings *s, struct slice host);

#endif
