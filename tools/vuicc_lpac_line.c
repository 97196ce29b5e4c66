/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of lpac's stdio backend: {"type":..,"payload":{..}}. */
#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/jfield.h"
#include "tools/vuicc_lpac.h"

struct lpac_request {
	char		*func;
	struct buf	 param;
};

static const struct jfield request_fields[] = {
	{ "func", JFIELD_TEXT, offsetof(struct lpac_request, func), 32, 0 },
	{ "param", JFIELD_HEX, offsetof(struct lpac_request, param), APDU_MAX,
	    JFIELD_OPT },
};
#define FIELDS	NELEM(request_fields)

/* What the backend calls ecode: 0, a channel's number, or -1. */
static int
lpac_run(struct vuicc_apdu *a, const struct lpac_request *rq,
    struct buf *data)
{
	if (strcmp(rq->func, "connect") == 0 ||
	    strcmp(rq->func, "disconnect") == 0) {
		vuicc_apdu_free(a);
		return 0;
	}
	if (strcmp(rq->func, "logic_channel_open") == 0) {
		int	 n = vuicc_apdu_open(a, buf_slice(&rq->param));

		return n < 0 ? -1 : n;
	}
	if (strcmp(rq->func, "logic_channel_close") == 0) {
		if (rq->param.len != 1)
			return -1;
		vuicc_apdu_close(a, rq->param.p[0]);
		return 0;
	}
	if (strcmp(rq->func, "transmit") == 0) {
		vuicc_apdu_transmit(a, buf_slice(&rq->param), data);
		return 0;
	}
	return -1;
}

static void
lpac_answer(struct vuicc_apdu *a, const json_t *payload, struct buf *answer)
{
	struct lpac_request	 rq = {0};
	struct buf		 data = {0};
	int			 ecode = -1;

	if (jfield_read(payload, request_fields, FIELDS, &rq, NULL) == 0)
		ecode = lpac_run(a, &rq, &data);
	buf_addf(answer, "{\"type\":\"apdu\",\"payload\":{\"ecode\":%d",
	    ecode);
	if (data.len > 0) {
		buf_add_str(answer, ",\"data\":\"");
		hex_add(answer, buf_slice(&data));
		buf_add_str(answer, "\"");
	}
	buf_add_str(answer, "}}\n");
	jfield_free(request_fields, FIELDS, &rq);
	buf_free(&data);
}

/* Is this member that text? */
static bool
lpac_is(const json_t *o, const char *name, const char *text)
{
	const char	*s = json_string_value(json_object_get(o, name));

	return s != NULL && strcmp(s, text) == 0;
}

enum vuicc_lpac_kind
vuicc_lpac_line(struct vuicc_apdu *a, struct slice line, struct buf *answer)
{
	enum vuicc_lpac_kind	 kind = LPAC_TOLD;
	const json_t		*payload;
	json_t			*o;

	if (json_read(line, &o, NULL) != 0)
		return LPAC_TOLD;
	payload = json_object_get(o, "payload");
	if (lpac_is(o, "type", "apdu")) {
		lpac_answer(a, payload, answer);
		kind = LPAC_ANSWERED;
	} else if (lpac_is(o, "type", "progress") &&
	    lpac_is(payload, "message", "preview"))
		kind = LPAC_ASKED;
	json_decref(o);
	return kind;
}
