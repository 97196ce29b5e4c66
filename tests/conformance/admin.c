/* SPDX-License-Identifier: Apache-2.0 */
/* What an administrator does between the calls, through the admin API. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jfield.h"
#include "server/admin/admin.h"
#include "tests/conformance/bench.h"

/* Call a verb with an object; the answer, or the end. */
static json_t *
admin_ask(struct bench *b, const char *words, json_t *in)
{
	const struct admin_verb	*v;
	struct admin_call	 call = { .ctx = &b->env.ctx,
				    .actor = "uid 0", .in = in };
	char			 noun[32], verb[32];
	struct buf		 text = {0};

	if (sscanf(words, "%31s %31s", noun, verb) != 2 ||
	    (v = admin_verb_find(noun, verb)) == NULL)
		bench_broken(words, "no such verb");
	call.out = json_object();
	if (v->fn(&call) != 0) {
		json_write(in, &text);
		fprintf(stderr, "%s\n", buf_cstr(&text));
		bench_broken(words, call.why.text);
	}
	json_decref(in);
	return call.out;
}

/* Members as text; "$order" and "$iccid" are those in hand. */
static json_t *
admin_members(struct bench *b, const char *members)
{
	struct buf	 text = {0};
	struct why	 why = {""};
	json_t		*o = NULL;
	const char	*name;
	json_t		*v;

	buf_addf(&text, "{%s}", members);
	if (json_read(buf_slice(&text), &o, &why) != 0)
		bench_broken(members, why.text);
	json_object_foreach(o, name, v) {
		if (!json_is_string(v))
			continue;
		if (strcmp(json_string_value(v), "$order") == 0)
			json_string_set(v, b->order);
		else if (strcmp(json_string_value(v), "$iccid") == 0)
			json_string_set(v, b->iccid);
		else if (strcmp(json_string_value(v), "$eid") == 0)
			json_string_set(v, b->at->card.eid);
	}
	buf_free(&text);
	return o;
}

void
bench_admin(struct bench *b, const char *words, const char *in)
{
	json_decref(admin_ask(b, words, admin_members(b, in)));
}

void
bench_type(struct bench *b, const char *members)
{
	json_t	*in = admin_members(b, members == NULL ? "" : members);

	json_object_set_new(in, "name", json_string("t"));
	json_decref(admin_ask(b, "type add", in));
}

static void
order_text(const json_t *o, const char *key, char *out, size_t size)
{
	const char	*s = json_string_value(json_object_get(o, key));

	snprintf(out, size, "%s", s == NULL ? "" : s);
}

void
bench_order(struct bench *b, const char *members)
{
	json_t		*in, *out;
	const char	*mid;

	bench_admin(b, "profile generate", "\"type\":\"t\",\"count\":1");
	in = admin_members(b, members == NULL ? "" : members);
	json_object_set_new(in, "type", json_string("t"));
	out = admin_ask(b, "order new", in);
	order_text(out, "order", b->order, sizeof(b->order));
	order_text(out, "iccid", b->iccid, sizeof(b->iccid));
	free(b->mid);
	mid = json_string_value(json_object_get(out, "matching_id"));
	b->mid = mid == NULL ? NULL : xstrdup(mid);
	json_decref(out);
}
