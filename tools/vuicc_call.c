/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "tools/vuicc_lpa.h"
#include "tools/vuicc_reencode.h"

void
vuicc_result_free(struct vuicc_result *res)
{
	size_t	 i;

	for (i = 0; i < res->n_call; i++)
		json_decref(res->call[i].header);
	vuicc_result_forgive(res);
	memset(res, 0, sizeof(*res));
}

void
vuicc_result_forgive(struct vuicc_result *res)
{
	free(res->refusal.subject);
	free(res->refusal.reason);
	free(res->refusal.message);
	memset(&res->refusal, 0, sizeof(res->refusal));
}

static char *
call_text(const json_t *o, const char *name)
{
	const char	*s = json_string_value(json_object_get(o, name));

	return s == NULL ? NULL : xstrdup(s);
}

/* The first refusal is the one that is told. */
static int
call_refused(struct vuicc_result *res, const char *function, long status,
    const json_t *code)
{
	struct vuicc_refusal	*f = &res->refusal;

	if (f->function == NULL) {
		f->function = function;
		f->status = status;
		f->subject = call_text(code, "subjectCode");
		f->reason = call_text(code, "reasonCode");
		f->message = call_text(code, "message");
	}
	return VUICC_REFUSED;
}

/* Judge an answer by its HTTP status and its header (6.5.1.4). */
static int
call_judge(const struct vuicc_answer *a, const char *function, long expect,
    struct vuicc_result *res)
{
	const json_t	*st;
	const char	*word;

	if (a->status != expect)
		return call_refused(res, function, a->status, NULL);
	if (expect != 200)
		return a->text.len == 0 ? 0 : why_set(&res->why, DPE_PEER,
		    "%s: a body where there should be none", function);
	st = json_object_get(json_object_get(a->body, "header"),
	    "functionExecutionStatus");
	word = json_string_value(json_object_get(st, "status"));
	if (word == NULL)
		return why_set(&res->why, DPE_PEER,
		    "%s: an answer without a status", function);
	if (strcmp(word, "Executed-Success") == 0 ||
	    strcmp(word, "Executed-WithWarning") == 0)
		return 0;
	return call_refused(res, function, a->status,
	    json_object_get(st, "statusCodeData"));
}

static void
call_count(struct vuicc_result *res, const char *function,
    const struct vuicc_answer *a)
{
	struct vuicc_call	*c;

	res->connects += a->connects;
	if (res->n_call == VUICC_CALLS)
		return;
	c = &res->call[res->n_call++];
	c->function = function;
	c->status = a->status;
	c->us = a->us;
	c->header = json_incref(json_object_get(a->body, "header"));
}

int
vuicc_call(struct vuicc_lpa *lpa, const char *address, const char *function,
    json_t *request, long expect, json_t **body,
    struct vuicc_result *res)
{
	struct vuicc_answer	 a;
	int			 r;

	*body = NULL;
	if ((r = vuicc_state_save(lpa->card->state, &res->why)) != 0 ||
	    (lpa->reencode && (r = vuicc_reencode_request(request,
	    &res->why)) != 0))
		return r;
	r = vuicc_http_post(lpa->http, address, function, request, &a,
	    &res->why);
	if (r != 0)
		why_prefix(&res->why, "%s: transport", function);
	else {
		call_count(res, function, &a);
		r = call_judge(&a, function, expect, res);
	}
	if (r == 0 && a.body != NULL) {
		*body = json_incref(a.body);
		if (lpa->reencode && (r = vuicc_reencode_answer(a.body,
		    buf_slice(&a.text), &res->why)) != 0)
			why_prefix(&res->why, "%s", function);
	}
	vuicc_answer_free(&a);
	return r;
}
