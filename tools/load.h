/* SPDX-License-Identifier: Apache-2.0 */
/*
 * smdp-load: many virtual eUICCs at once, and what they cost the server.
 * Definitions of what is measured: docs/performance.md.
 */
#ifndef TOOLS_LOAD_H
#define TOOLS_LOAD_H

#include "base/buf.h"
#include "certs/cert.h"
#include "tools/ctl_call.h"

#define LOAD_FUNCTIONS	4	/* initiate, authenticate, package, notify */

struct load_opt {
	const char	*dir;		/* of the lab */
	int64_t		 clients, downloads;
	bool		 reconnect;	/* a connection for every call */
	bool		 json;
	enum curve	 curve;
};

/* What the daemon is made of, and what it has used. */
struct load_server {
	int		 parent;	/* process id */
	double		 cpu_us;	/* of parent and children, so far */
	int64_t		 rss_kb;	/* of all of them, now */
};
/* Find the daemon behind the admin socket of this lab. */
MUST_CHECK int	load_server_find(const char *dir, struct load_server *s,
		    struct why *why);
/*
 * Where the name in its activation codes really is, as HOST:PORT=IP:PORT: a
 * lab's name need not be known to any resolver.
 */
MUST_CHECK int	load_server_way(const char *dir, struct buf *out,
		    struct why *why);
/* Read its counters anew. */
MUST_CHECK int	load_server_read(struct load_server *s, struct why *why);

/* What a run needs: a card for each client, an order for each download. */
struct load_plan {
	char	(*eid)[33];		/* one a client */
	char	**code;			/* activation codes, one a download */
};
/* Cards found, type, profiles and orders made in the lab; free it after. */
MUST_CHECK int	load_setup(struct ctl *ctl, const struct load_opt *o,
		    struct load_plan *out, struct why *why);
void		load_plan_free(const struct load_opt *o, struct load_plan *p);

/* What came of a run; free us. */
struct load_result {
	double		 seconds;
	int64_t		 done, failed;
	size_t		 package;	/* octets of one UPP */
	int64_t		*us[LOAD_FUNCTIONS];	/* done of each, unsorted */
	struct why	 first_failure;
};
MUST_CHECK int	load_run(const struct load_opt *o,
		    const struct load_plan *plan, struct load_result *out,
		    struct why *why);
void		load_result_free(struct load_result *r);

#endif
