/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The admin API: one verb, one function, JSON in and out.  The transport
 * (server/http) has established who calls and which verb is meant; a call is
 * POST /v1/NOUN/VERB with an object, answered 200 with an object, or
 * {"error":{"code":"not_found","text":"..."}} with 400, 403, 404 or 409.  Where
 * a file is the answer, its octets follow the object and a newline.
 */
#ifndef SERVER_ADMIN_ADMIN_H
#define SERVER_ADMIN_ADMIN_H

#include <jansson.h>

#include "server/ctx.h"

/* Octets that an answer goes on with: its JSON, a newline, and these. */
struct admin_file {
	int		 fd;		/* is closed */
	uint64_t	 size;
	/* Sent to the end, or broken off; once, on any thread. */
	void		(*ended)(void *arg, bool whole);
	void		*arg;
};

struct admin_call {
	struct ctx	*ctx;
	const char	*actor;		/* "uid 0": for the audit trail */
	const json_t	*in;		/* an object */
	json_t		*out;		/* an object, filled by the verb */
	struct admin_file *file;	/* malloc'd; NULL: none */
	struct why	 why;		/* when the verb does not return 0 */
};

struct admin_verb {
	const char	*noun, *verb;
	int		(*fn)(struct admin_call *call);	/* 0 or DPE_* */
};

/* NULL if there is no such verb. */
const struct admin_verb	*admin_verb_find(const char *noun, const char *verb);
/* The word for the error object ("usage", "not_found" ...) and HTTP status. */
const char		*admin_error_word(int r, unsigned *status);

#endif
