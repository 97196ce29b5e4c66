/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_report.h"

#include <stdio.h>

#include "base/jfield.h"

static const char *
or_dash(const char *s)
{
	return s == NULL || *s == '\0' ? "-" : s;
}

void
vuicc_report_reason(const struct vuicc_result *res, int r, struct buf *out)
{
	const struct vuicc_refusal	*f = &res->refusal;

	if (r == VUICC_REFUSED && f->subject != NULL)
		buf_addf(out, "%s: %s/%s%s%s", f->function, f->subject,
		    or_dash(f->reason), f->message == NULL ? "" : " ",
		    f->message == NULL ? "" : f->message);
	else if (r == VUICC_REFUSED)
		buf_addf(out, "%s: HTTP status %ld", f->function, f->status);
	else
		buf_add_str(out, res->why.text);
}

void
vuicc_report_error(const struct vuicc_result *res, int r)
{
	struct buf	 b = {0};

	vuicc_report_reason(res, r, &b);
	fprintf(stderr, "vuicc: %s\n", buf_cstr(&b));
	buf_free(&b);
}

void
vuicc_report_print(const json_t *o)
{
	struct buf	 b = {0};

	json_write(o, &b);
	puts(buf_cstr(&b));
	buf_free(&b);
}

static json_t *
report_calls(const struct vuicc_result *res)
{
	json_t	*list = json_array(), *o;
	size_t	 i;

	for (i = 0; i < res->n_call; i++) {
		o = json_pack("{s:s, s:I, s:I}",
		    "function", res->call[i].function,
		    "http", (json_int_t)res->call[i].status,
		    "us", (json_int_t)res->call[i].us);
		if (res->call[i].header != NULL)
			json_object_set(o, "header", res->call[i].header);
		json_array_append_new(list, o);
	}
	return list;
}

const char *
vuicc_report_outcome(const struct vuicc_result *res, int r)
{
	if (r != 0)
		return r == VUICC_REFUSED ? "refused" : "failed";
	return res->installed ? "installed" :
	    res->cancelled ? "cancelled" : res->stopped ? "stopped" : "done";
}

void
vuicc_report_json(const char *eid, const struct vuicc_result *res, int r)
{
	const struct vuicc_refusal	*f = &res->refusal;
	json_t				*o;

	o = json_pack("{s:s, s:s, s:s*, s:s*, s:b, s:b, s:s*, s:s*, s:s*,"
	    " s:s*, s:s*}",
	    "result", vuicc_report_outcome(res, r), "eid", eid,
	    "iccid", res->iccid[0] == '\0' ? NULL : res->iccid,
	    "tid", res->tid[0] == '\0' ? NULL : res->tid,
	    "installed", (int)res->installed,
	    "cc_required", (int)res->cc_required,
	    "function", f->function, "subject_code", f->subject,
	    "reason_code", f->reason, "message", f->message,
	    "reason", r < 0 ? res->why.text : NULL);
	json_object_set_new(o, "calls", report_calls(res));
	vuicc_report_print(o);
	json_decref(o);
}

/* With --misbehave it is the answers that one wants to see. */
static void
report_answers(const struct vuicc_result *res)
{
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < res->n_call; i++) {
		buf_cut(&b, 0);
		if (res->call[i].header != NULL)
			json_write(res->call[i].header, &b);
		printf("%s: HTTP %ld %s\n", res->call[i].function,
		    res->call[i].status, buf_cstr(&b));
	}
	buf_free(&b);
}

void
vuicc_report(const struct vuicc_opt *opt, const char *eid,
    const struct vuicc_result *res, int r)
{
	if (opt->json) {
		vuicc_report_json(eid, res, r);
		return;
	}
	if (vuicc_odd_any(&opt->odds))
		report_answers(res);
	if (res->installed)
		printf("installed %s\n", res->iccid);
	else if (res->cancelled)
		printf("cancelled %s\n", or_dash(res->tid));
	else if (res->stopped)
		printf("stopped %s\n", or_dash(res->tid));
}

void
vuicc_report_list(const struct vuicc_opt *opt, const struct vuicc_state *st)
{
	const struct vuicc_profile	*p;
	const char			*state;
	struct buf			 more = {0};
	json_t				*o;
	size_t				 i;

	for (i = 0; i < st->n_profile; i++) {
		p = &st->profile[i];
		state = p->enabled ? "enabled" : "disabled";
		if (!opt->json) {
			buf_cut(&more, 0);
			vuicc_report_meta_words(p, &more);
			printf("%-20s  %-8s  %s  %s%s\n", p->iccid, state,
			    or_dash(p->provider), or_dash(p->name),
			    buf_cstr(&more));
			continue;
		}
		o = json_pack("{s:s, s:s, s:s, s:s, s:s}", "iccid", p->iccid,
		    "state", state, "provider", p->provider, "name", p->name,
		    "upp_sha256", p->upp_sha256);
		if (p->nickname != NULL)
			json_object_set_new(o, "nickname",
			    json_string(p->nickname));
		vuicc_report_meta(p, o);
		vuicc_report_print(o);
		json_decref(o);
	}
	buf_free(&more);
	if (!opt->json && st->n_pending > 0)
		printf("%zu notification%s pending\n", st->n_pending,
		    st->n_pending == 1 ? "" : "s");
}

int
vuicc_report_show(const struct vuicc_opt *opt, struct vuicc_state *st,
    struct why *why)
{
	const struct vuicc_profile	*p;
	char				 iccid[ICCID_TEXT];
	const char			*key;
	json_t				*o, *v;
	int				 r;

	if (iccid_parse(opt->arg, iccid) != 0)
		return why_set(why, DPE_USAGE, "%s: no ICCID", opt->arg);
	if ((p = vuicc_state_profile(st, iccid)) == NULL)
		return why_set(why, DPE_NOTFOUND,
		    "%s: no such profile on the card", iccid);
	if (p->contents == NULL)
		return why_set(why, DPE_NOTFOUND, "%s: what is in it was not "
		    "kept", iccid);
	if ((r = json_read(slice_str(p->contents), &o, why)) != 0)
		return r;
	if (opt->json)
		vuicc_report_print(o);
	else
		json_object_foreach(o, key, v)
			printf("%-10s  %s\n", key, or_dash(
			    json_string_value(v)));
	json_decref(o);
	return 0;
}
