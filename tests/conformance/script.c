/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/jfield.h"
#include "tests/conformance/case.h"
#include "tests/conformance/number.h"

/* One step being done. */
struct step {
	struct bench	*b;
	const char	*value;		/* behind the =, or NULL */
	bool		 call;		/* it has an answer */
};

static void
step_again(struct step *s)
{
	s->call = true;
	bench_post_again(s->b, s->value);
}

static void
step_init(struct step *s)
{
	s->call = true;
	bench_init(s->b);
}

static void
step_look(struct step *s)
{
	bench_look(s->b);
}

static void
step_forget(struct step *s)
{
	bench_forget(s->b);
}

static void
step_certs(struct step *s)
{
	s->b->certs = s->value[0];
}

static void
step_octets(struct step *s)
{
	s->b->octets = s->value[0] == '-' ? -1 : 1;
}

/* The transactionId of the next request. */
static void
step_tid(struct step *s)
{
	struct buf	 text = {0};
	char		*p;

	hex_add(&text, buf_slice(strcmp(s->value, "other") == 0 ?
	    &s->b->other.tid : &s->b->s.tid));
	for (p = buf_cstr(&text); *p != '\0'; p++)
		if (strcmp(s->value, "lower") == 0)
			*p = (char)tolower((unsigned char)*p);
	json_object_set_new(s->b->set, "transactionId",
	    json_string(buf_cstr(&text)));
	buf_free(&text);
}

static void
step_auth(struct step *s)
{
	s->call = true;
	bench_auth(s->b);
}

static void
step_bpp(struct step *s)
{
	s->call = true;
	bench_bpp(s->b, s->value);
}

static void
step_cancel(struct step *s)
{
	s->call = true;
	bench_cancel(s->b, strtol(s->value, NULL, 10));
}

static void
step_notify(struct step *s)
{
	s->call = true;
	bench_notify(s->b, s->value != NULL);
}

static void
step_later(struct step *s)
{
	bench_later(s->b);
}

static void
step_load(struct step *s)
{
	bench_load(s->b);
}

static void
step_event(struct step *s)
{
	bench_event(s->b, s->value);
}

static void
step_card(struct step *s)
{
	bench_card(s->b, s->value[0]);
}

static void
step_swap(struct step *s)
{
	bench_swap(s->b);
}

static void
step_odd(struct step *s)
{
	struct vuicc_odds	*o = &s->b->odds;
	struct why		 why = {""};

	if (strcmp(s->value, "no") == 0) {
		memset(o, 0, sizeof(*o));
		return;
	}
	if (vuicc_odd_parse(s->value, o, &why) != 0)
		bench_broken(s->value, why.text);
	bench_forge(s->b);
}

static void
step_mid(struct step *s)
{
	free(s->b->mid);
	s->b->mid = s->value == NULL ? NULL : xstrdup(s->value);
}

static void
step_address(struct step *s)
{
	s->b->ask.address = s->value;
}

static void
step_svn(struct step *s)
{
	s->b->ask.svn = s->value;
}

static void
step_sign(struct step *s)
{
	s->b->ask.sign = s->value;
}

static void
step_verify(struct step *s)
{
	s->b->ask.verify = s->value;
}

static void
step_value(struct step *s)
{
	edits_add(&s->b->edits, EDIT_VALUE, false, s->value);
}

static void
step_append(struct step *s)
{
	edits_add(&s->b->edits, EDIT_APPEND, false, s->value);
}

static void
step_remove(struct step *s)
{
	edits_add(&s->b->edits, EDIT_REMOVE, false, s->value);
}

static void
step_outer_value(struct step *s)
{
	edits_add(&s->b->edits, EDIT_VALUE, true, s->value);
}

static void
step_outer_append(struct step *s)
{
	edits_add(&s->b->edits, EDIT_APPEND, true, s->value);
}

static void
step_outer_remove(struct step *s)
{
	edits_add(&s->b->edits, EDIT_REMOVE, true, s->value);
}

static void
step_set(struct step *s)
{
	const char	*colon = strchr(s->value, ':');
	struct buf	 text = {0};
	struct why	 why = {""};
	json_t		*o = NULL;

	buf_addf(&text, "{\"%.*s\":%s}", (int)(colon - s->value), s->value,
	    colon + 1);
	if (json_read(buf_slice(&text), &o, &why) != 0)
		bench_broken(buf_cstr(&text), why.text);
	json_object_update(s->b->set, o);
	json_decref(o);
	buf_free(&text);
}

static void
step_drop(struct step *s)
{
	json_object_set_new(s->b->set, s->value, json_null());
}

static void
step_conf(struct step *s)
{
	bench_conf(s->b, s->value);
}

static void
step_clock(struct step *s)
{
	s->b->env.now += strtoll(s->value, NULL, 10);
}

static void
step_full(struct step *s)
{
	atomic_store(&s->b->env.full, true);
}

static void
step_order(struct step *s)
{
	bench_order(s->b, s->value);
}

static void
step_admin(struct step *s)
{
	static const struct { const char *word, *verb, *members; } verbs[] = {
		{ "release", "order release", "\"order\":\"$order\"" },
		{ "cancel", "order cancel", "\"order\":\"$order\"" },
		{ "reset", "order reset", "\"order\":\"$order\"" },
		{ "reinstall", "order reinstall",
		    "\"order\":\"$order\",\"reason\":\"test\"" },
	};
	size_t	 i;

	for (i = 0; i < NELEM(verbs); i++)
		if (strcmp(verbs[i].word, s->value) == 0) {
			bench_admin(s->b, verbs[i].verb, verbs[i].members);
			return;
		}
	bench_broken(s->value, "no such verb");
}

static const struct {
	const char	*word;
	void		(*fn)(struct step *s);
	bool		 needs;		/* a value */
} steps[] = {
	{ "init", step_init, false },
	{ "auth", step_auth, false },
	{ "look", step_look, false },
	{ "forget", step_forget, false },
	{ "certs", step_certs, true },
	{ "octets", step_octets, true },
	{ "tid", step_tid, true },
	{ "bpp", step_bpp, false },
	{ "cancel", step_cancel, true },
	{ "notify", step_notify, false },
	{ "again", step_again, true },
	{ "load", step_load, false },
	{ "later", step_later, false },
	{ "event", step_event, true },
	{ "card", step_card, true },
	{ "swap", step_swap, false },
	{ "odd", step_odd, true },
	{ "mid", step_mid, false },
	{ "address", step_address, true },
	{ "svn", step_svn, true },
	{ "conf", step_conf, true },
	{ "sign", step_sign, true },
	{ "verify", step_verify, true },
	{ "value", step_value, true },
	{ "append", step_append, true },
	{ "remove", step_remove, true },
	{ "outer-value", step_outer_value, true },
	{ "outer-append", step_outer_append, true },
	{ "outer-remove", step_outer_remove, true },
	{ "set", step_set, true },
	{ "drop", step_drop, true },
	{ "clock", step_clock, true },
	{ "full", step_full, false },
	{ "order", step_order, false },
	{ "admin", step_admin, true },
};

/* Do one word; true when it was a call. */
static bool
script_word(struct bench *b, char *word)
{
	struct step	 s = { .b = b };
	char		*eq = strchr(word, '=');
	size_t		 i;

	if (eq != NULL) {
		*eq = '\0';
		s.value = eq + 1;
	}
	for (i = 0; i < NELEM(steps); i++)
		if (strcmp(steps[i].word, word) == 0)
			break;
	if (i == NELEM(steps) ||
	    (steps[i].needs && s.value == NULL))
		bench_broken(word, "no such word of a script");
	steps[i].fn(&s);
	return s.call;
}

/* What a code of the JSON binding is in the binding in use. */
static void
script_code(const struct bench *b, const char *code, char *out, size_t size)
{
	if (b->asn1 && strchr(code, '/') != NULL)
		snprintf(out, size, "error %d",
		    number_of(b->function, code));
	else
		snprintf(out, size, "%s", code);
}

/* What a step that is not the last had to be answered with. */
static bool
script_passed(const struct bench *b, const char *code, const char *step,
    struct buf *got)
{
	char	 want[48];

	if (code == NULL)
		code = strcmp(b->function, "handleNotification") == 0 ?
		    "204" : "accepted";
	script_code(b, code, want, sizeof(want));
	if (strcmp(want, b->code) == 0)
		return true;
	buf_addf(got, "%s before the end (%s, not %s)", b->code, step, want);
	return false;
}

bool
conf_steps(struct bench *b, char *script, struct buf *got)
{
	char	*word, *code;
	bool	 call;

	while ((word = strsep(&script, " ")) != NULL) {
		if (*word == '\0')
			continue;
		if ((code = strchr(word, '!')) != NULL)
			*code++ = '\0';
		call = script_word(b, word);
		if (call && script != NULL &&
		    !script_passed(b, code, word, got))
			return false;
	}
	return true;
}

/* "CODE, FACT VALUE, ..." as it is expected and as it is. */
void
conf_facts(struct bench *b, char *text, struct buf *want, struct buf *got)
{
	char	*part, code[48], value[64], *blank;

	part = strsep(&text, ",");
	script_code(b, part, code, sizeof(code));
	buf_add_str(want, code);
	buf_add_str(got, b->code);
	while ((part = strsep(&text, ",")) != NULL) {
		part += strspn(part, " ");
		buf_addf(want, ", %s", part);
		if ((blank = strchr(part, ' ')) == NULL)
			bench_broken(part, "a fact without value");
		*blank = '\0';
		bench_fact(b, part, value, sizeof(value));
		buf_addf(got, ", %s %s", part, value);
	}
}

bool
conf_script(const struct conf_case *c, bool asn1, struct buf *want,
    struct buf *got)
{
	struct bench	 b;
	char		*script = xstrdup(c->script), *text = xstrdup(c->want);
	bool		 same;

	bench_open(&b, asn1);
	bench_type(&b, c->type);
	if (c->order == NULL || strcmp(c->order, "-") != 0)
		bench_order(&b, c->order);
	if (conf_steps(&b, script, got))
		conf_facts(&b, text, want, got);
	else
		buf_add_str(want, c->want);
	same = slice_eq(buf_slice(want), buf_slice(got));
	bench_close(&b);
	free(script);
	free(text);
	return same;
}
