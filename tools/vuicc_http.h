/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ES9+ over HTTPS, the client's side (SGP.22 6.5, 6.6).  Calls are made in the
 * terms of the JSON binding whichever binding is spoken.
 */
#ifndef TOOLS_VUICC_HTTP_H
#define TOOLS_VUICC_HTTP_H

#include <jansson.h>

#include "base/buf.h"

struct vuicc_http_conf {
	struct slice	 ca_pem;	/* trusted roots */
	const char	*cafile;	/* instead of them; or NULL */
	char *const	*connect;	/* HOST:PORT=IP:PORT */
	size_t		 n_connect;
	bool		 reconnect;	/* a new connection for every call */
	bool		 asn1;		/* the ASN.1 binding, not JSON */
	const char	*eim_id;	/* speak as this eIM; NULL: as an LPA */
	const char	*trace;		/* answers are appended here; or NULL */
};

struct vuicc_http;		/* one connection; one thread at a time */

/* DPE_USAGE (a connect that is none), DPE_IO (also: the trace). */
MUST_CHECK int	vuicc_http_new(const struct vuicc_http_conf *conf,
		    struct vuicc_http **out, struct why *why);
void		vuicc_http_free(struct vuicc_http *h);
/* End the connection: the next call makes a new one. */
void		vuicc_http_hang_up(struct vuicc_http *h);

struct vuicc_answer {
	long		 status;	/* HTTP */
	json_t		*body;		/* NULL when it is no JSON object */
	struct buf	 text;
	int64_t		 us;		/* the call took, microseconds */
	long		 connects;	/* connections made for it */
};
void		vuicc_answer_free(struct vuicc_answer *a);

/*
 * POST a JSON object to this function of the server (HOST[:PORT]) and read the
 * answer, whatever its status.  DPE_IO when there is none.
 */
MUST_CHECK int	vuicc_http_post(struct vuicc_http *h, const char *address,
		    const char *function, const json_t *request,
		    struct vuicc_answer *out, struct why *why);

/* Set a member to the base64 of these octets. */
void		vuicc_json_der(json_t *o, const char *name, struct slice s);

#endif
