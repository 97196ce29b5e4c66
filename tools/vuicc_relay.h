/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An eIM that carries the ES9+ calls of many IoT cards to their SM-DP+, from
 * one address over a few kept connections; the cards and their IPAs are in it
 * (SGP.32; spec 07, 5 and 7).
 */
#ifndef TOOLS_VUICC_RELAY_H
#define TOOLS_VUICC_RELAY_H

#include <pthread.h>
#include <stdatomic.h>

#include "tools/vuicc_opt.h"
#include "tools/vuicc_relay_orders.h"

/* What is done for one EID. */
struct relay_job {
	const struct relay_order	*order;
	struct vuicc_result		 res;
	int				 r;	/* of vuicc_download() */
};

struct relay;
struct relay_worker {
	struct relay		*relay;
	pthread_t		 thread;
	struct crypto		*crypto;
	struct pki		*pki;
	struct vuicc_http	*http;	/* its connection, kept */
};

/* A pass over all EIDs. */
struct relay {
	const struct vuicc_opt	*opt;
	struct relay_orders	 orders;
	struct relay_job	*job;		/* orders.n of them */
	void			(*fn)(struct relay_worker *w,
				    struct relay_job *j);
	_Atomic size_t		 next;
	pthread_mutex_t		 lock;		/* of what follows */
	const char		*doing;
	size_t			 done;
	bool			 shown;		/* progress, on a terminal */
	double			 start, told;	/* seconds */
	double			 seconds;	/* all passes */
};

/*
 * Read the orders, do them, print a line for each EID and a summary.
 * VUICC_REFUSED when one failed (all is said then), or DPE_*.
 */
MUST_CHECK int	vuicc_relay(const struct vuicc_opt *opt, struct why *why);

/* vuicc_relay_run.c: fn for every job, by opt->connections workers. */
MUST_CHECK int	relay_open(struct relay *rl, struct relay_worker *w,
		    struct why *why);
void		relay_close(struct relay_worker *w);
MUST_CHECK int	relay_pass(struct relay *rl, struct relay_worker *w,
		    const char *doing, void (*fn)(struct relay_worker *w,
		    struct relay_job *j), struct why *why);

/* vuicc_relay_job.c: the download, with its results sent at once. */
void		relay_job_download(struct relay_worker *w,
		    struct relay_job *j);
/* The next poll: what the card's list holds, and then the job is told of. */
void		relay_job_poll(struct relay_worker *w, struct relay_job *j);

/* vuicc_relay_report.c: one job (rl->lock is held), and the end. */
void		relay_report_job(const struct relay *rl,
		    const struct relay_job *j);
/* How many EIDs failed. */
size_t		relay_report_end(const struct relay *rl);

#endif
