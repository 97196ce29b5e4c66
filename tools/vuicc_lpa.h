/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The LPA: carries what card and SM-DP+ say to each other over ES9+ (SGP.22
 * 3.1.2, 3.1.3, 3.5), checks its own part, and says what came of it.
 */
#ifndef TOOLS_VUICC_LPA_H
#define TOOLS_VUICC_LPA_H

#include <jansson.h>

#include "base/actcode.h"
#include "tools/vuicc_card.h"
#include "tools/vuicc_http.h"

#define VUICC_REFUSED	1	/* what functions return: result.refusal */
#define VUICC_CALLS	32

struct vuicc_lpa {
	struct vuicc_card	*card;
	struct vuicc_http	*http;
	/*
	 * An IPA behind an eIM (SGP.32): the connection is kept from one
	 * session to the next; what fails after authenticateClient is
	 * cancelled, with 127 or 5; what was acknowledged is sent once more
	 * by vuicc_notify_send().
	 */
	bool			 relay;
	bool			 reencode;	/* what passes: vuicc_reencode.h */
};

/* What the user wants of a download. */
struct vuicc_want {
	struct actcode	 code;
	bool		 no_mid;	/* matchingId absent: ordered by EID */
	const char	*cc;		/* NULL: none */
	bool		 cancel;
	long		 cancel_reason;
	enum vuicc_step	 cancel_step;	/* STEP_AUTH or STEP_BPP */
	struct buf	*upp;		/* NULL, or where to copy it */
	const char	*pause_file;	/* NULL: none */
	enum vuicc_step	 pause_step;	/* up to STEP_INSTALL */
};

struct vuicc_call {
	const char	*function;
	long		 status;	/* HTTP */
	int64_t		 us;
	json_t		*header;	/* of the answer; NULL: none */
};

/* The server's "Failed", or a status that should not be. */
struct vuicc_refusal {
	const char	*function;
	char		*subject, *reason, *message;
	long		 status;
};

struct vuicc_result {
	char			 iccid[ICCID_TEXT];	/* "" unknown */
	char			 tid[2 * LIM_TID + 1];
	bool			 cc_required, installed, cancelled, stopped;
	struct vuicc_call	 call[VUICC_CALLS];
	size_t			 n_call;
	long			 connects;	/* made for the calls */
	struct vuicc_refusal	 refusal;
	struct why		 why;
};
void		vuicc_result_free(struct vuicc_result *res);
/* Forget the refusal: it is not the one to be told. */
void		vuicc_result_forgive(struct vuicc_result *res);

/*
 * Download a profile, and send the notifications that arise.  0 when it was
 * installed and acknowledged, or ended where it was told to; VUICC_REFUSED; or
 * DPE_* with res->why.  res is zeroed by the caller, and freed in any case.
 */
MUST_CHECK int	vuicc_download(struct vuicc_lpa *lpa,
		    const struct vuicc_want *want, struct vuicc_result *res);
/*
 * Send all pending notifications in the order of their seqNumber, and forget
 * those that were acknowledged.  One that was not holds up those that follow
 * it to the same address.  The result is the first failure of those above
 * `after`: what is older may fail again, but must still go first (3.5).
 */
MUST_CHECK int	vuicc_notify_send(struct vuicc_lpa *lpa, int64_t after,
		    struct vuicc_result *res);
/* The same, and nothing is forgotten: the card's list comes later. */
MUST_CHECK int	vuicc_notify_ahead(struct vuicc_lpa *lpa, int64_t after,
		    struct vuicc_result *res);

/*
 * One call: save the card's state, encode anew what is to be, post, count.
 * *body is the answer's object
 * (the caller json_decref()s; NULL where there is none).  Success is status
 * 200 with an Executed status, or `expect` when that is not 200.
 */
MUST_CHECK int	vuicc_call(struct vuicc_lpa *lpa, const char *address,
		    const char *function, json_t *request, long expect,
		    json_t **body, struct vuicc_result *res);

#endif
