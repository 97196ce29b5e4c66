/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_relay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static int
relay_read(struct relay *rl, struct why *why)
{
	const char	*path = rl->opt->orders;
	struct buf	 text = {0};
	size_t		 i;
	int		 r;

	if ((r = file_read(path, RELAY_ORDERS_FILE, &text, why)) != 0)
		goto out;
	if ((r = relay_orders_read(buf_slice(&text), &rl->orders,
	    why)) != 0) {
		why_prefix(why, "%s", path);
		goto out;
	}
	rl->job = xcalloc(rl->orders.n + 1, sizeof(*rl->job));
	for (i = 0; i < rl->orders.n; i++)
		rl->job[i].order = &rl->orders.order[i];
out:
	buf_free(&text);
	return r;
}

/*
 * Two passes: cards poll again when all have downloaded, so that a result that
 * is sent once more goes over whichever connection is free then.
 */
static int
relay_do(struct relay *rl, struct why *why)
{
	size_t			 n = (size_t)rl->opt->connections, i;
	struct relay_worker	*w = xcalloc(n, sizeof(*w));
	int			 r = 0;

	for (i = 0; i < n && r == 0; i++)
		r = relay_open(rl, &w[i], why);
	if (r == 0 && (r = relay_pass(rl, w, "downloads",
	    relay_job_download, why)) == 0)
		r = relay_pass(rl, w, "polls", relay_job_poll, why);
	for (i = 0; i < n; i++)
		relay_close(&w[i]);
	free(w);
	return r;
}

int
vuicc_relay(const struct vuicc_opt *opt, struct why *why)
{
	struct relay	 rl;
	size_t		 i, failed;
	int		 r;

	memset(&rl, 0, sizeof(rl));
	rl.opt = opt;
	pthread_mutex_init(&rl.lock, NULL);
	if ((r = relay_read(&rl, why)) == 0 &&
	    (r = file_mkdir(opt->state, 0700, why)) == 0 &&
	    (r = relay_do(&rl, why)) == 0 &&
	    (failed = relay_report_end(&rl)) > 0) {
		fprintf(stderr, "vuicc: %zu of %zu EIDs failed\n", failed,
		    rl.orders.n);
		r = VUICC_REFUSED;
	}
	for (i = 0; rl.job != NULL && i < rl.orders.n; i++)
		vuicc_result_free(&rl.job[i].res);
	free(rl.job);
	relay_orders_free(&rl.orders);
	pthread_mutex_destroy(&rl.lock);
	return r;
}
