/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "tools/pki_lab.h"

static char	pki_dir[64];
static int64_t	pki_time;

static const char *const	eids[BENCH_CARDS] = {
	"89049032000000000000000000000163", "89049032000000000000000000000260",
	"89049032000000000000000000000357", "89049032000000000000000000000454",
	"89049032000000000000000000000551"
};

void
bench_broken(const char *what, const char *detail)
{
	printf("Bail out! %s: %s\n", what, detail);
	fflush(stdout);
	abort();
}

static void
must(int r, const char *what, const struct why *why)
{
	if (r != 0)
		bench_broken(what, why->text[0] != '\0' ? why->text :
		    err_text(r));
}

const char *
bench_pki_dir(void)
{
	return pki_dir;
}

/* Another CI that we have no pair under, an EUM of each, and one revoked. */
static void
pki_fill(struct pki_lab *l)
{
	static const struct pki_want ci = { .curve = CURVE_P256,
		.name = "other" };
	static const struct pki_want eums[] = {
		{ .curve = CURVE_P256, .name = "other", .ci = "other" },
		{ .curve = CURVE_P256, .name = "revoked", .ci = "lab-p256" },
	};
	static const char *const of[BENCH_CARDS] = { "lab-p256", "lab-p256",
		"lab-bp256", "other", "revoked" };
	struct pki_want	 card = {0};
	struct why	 why = {""};
	size_t		 i;

	must(pki_lab_ci_new(l, &ci, &why), "ci", &why);
	for (i = 0; i < 2; i++)
		must(pki_lab_eum_new(l, &eums[i], &why), "eum", &why);
	for (i = 0; i < BENCH_CARDS; i++) {
		card.curve = i == 2 ? CURVE_BP256 : CURVE_P256;
		card.eum = of[i];
		card.eid = eids[i];
		must(pki_lab_euicc_new(l, &card, &why), "card", &why);
	}
	must(pki_lab_revoke(l, PKI_EUM, &eums[1], &why), "revoke", &why);
}

void
bench_pki_make(void)
{
	struct pki_lab	*l;
	struct why	 why = {""};

	snprintf(pki_dir, sizeof(pki_dir), "%s/smdp-conf.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(pki_dir) == NULL)
		bench_broken(pki_dir, "cannot be made");
	must(pki_lab_init(pki_dir, ENV_ADDRESS, &why), "pki", &why);
	must(pki_lab_open(pki_dir, &l, &why), "pki", &why);
	pki_fill(l);
	pki_lab_free(l);
	pki_time = time(NULL) + 60;
}

void
bench_pki_remove(void)
{
	char	 command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", pki_dir);
	if (system(command) != 0)
		fprintf(stderr, "%s is left behind\n", pki_dir);
}

void
bench_open(struct bench *b, bool asn1)
{
	struct why	 why = {""};

	memset(b, 0, sizeof(*b));
	b->asn1 = asn1;
	env_open_pki(&b->env, pki_dir, pki_time);
	must(crypto_new(&b->crypto), "crypto", &why);
	must(pki_load(pki_dir, b->crypto, pki_time, false, &b->pki, &why),
	    "pki", &why);
	b->set = json_object();
	bench_card(b, 'A');
}

void
bench_close(struct bench *b)
{
	size_t	 i;

	vuicc_session_free(&b->s);
	vuicc_session_free(&b->other);
	for (i = 0; i < BENCH_CARDS; i++)
		if (b->cards[i].state != NULL) {
			vuicc_card_close(&b->cards[i].card);
			vuicc_state_free(b->cards[i].state);
		}
	pki_free(b->pki);
	crypto_free(b->crypto);
	edits_free(&b->edits);
	json_decref(b->set);
	json_decref(b->answer);
	json_decref(b->init);
	json_decref(b->other_init);
	free(b->mid);
	for (i = 0; i < BENCH_CALLS; i++)
		json_decref(b->sent[i]);
	buf_free(&b->an.body);
	buf_free(&b->body);
	for (i = 0; i < 2; i++) {
		buf_free(&b->answers[i]);
		buf_free(&b->packages[i]);
	}
	env_close(&b->env);
}

static void
conf_value(struct bench *b, const char *value, struct buf *out)
{
	if (strcmp(value, "$eid") == 0)
		buf_add_str(out, b->at->card.eid);
	else if (strcmp(value, "$eum") == 0)
		hex_add(out, b->at->card.eum.ski);
	else if (strcmp(value, "$euicc") == 0)
		hex_add(out, b->at->card.euicc.ski);
	else
		buf_add_str(out, value);
}

void
bench_conf(struct bench *b, const char *line)
{
	const char	*colon = strchr(line, ':');
	struct buf	 text = {0}, path = {0};
	struct why	 why = {""};

	buf_addf(&path, "%s/smdpd.conf", b->env.dir);
	must(file_read(buf_cstr(&path), LIM_CONF, &text, &why), "conf", &why);
	buf_addf(&text, "%.*s ", (int)(colon - line), line);
	conf_value(b, colon + 1, &text);
	buf_add_str(&text, "\n");
	must(file_write(buf_cstr(&path), buf_slice(&text), 0600, false, &why),
	    "conf", &why);
	settings_free(&b->env.set);
	must(settings_load(buf_cstr(&path), &b->env.set, &why), "conf", &why);
	buf_free(&text);
	buf_free(&path);
}

/* A card of its own state, with the clock of the server. */
void
bench_card(struct bench *b, char which)
{
	size_t			 i = (size_t)(which - 'A');
	struct bench_card	*c = &b->cards[i];
	struct why		 why = {""};

	if (i >= BENCH_CARDS)
		bench_broken("card", "no such one");
	b->at = c;
	if (c->state != NULL)
		return;
	must(vuicc_state_open(NULL, false, &c->state, &why), "state", &why);
	must(vuicc_card_open(&c->card, pki_dir, eids[i], b->crypto, b->pki,
	    c->state, &why), "card", &why);
	c->card.odds = &b->odds;
	c->card.clock = &b->env.clock;
}

struct slice
bench_ci(struct bench *b, char which)
{
	static const uint8_t	 nobody[20] = "no CI has this keyid";
	const struct pki_ci	*ci;
	size_t			 i;

	for (i = 0; i < pki_ci_count(b->pki); i++) {
		ci = pki_ci_at(b->pki, i);
		if (which == 'B' && ci->cert.curve == CURVE_BP256)
			return ci->cert.ski;
		if (which == 'P' && ci->cert.curve == CURVE_P256 &&
		    pki_dp_find(b->env.ctx.pki, ci->cert.ski) != NULL)
			return ci->cert.ski;
		if (which == 'O' &&
		    pki_dp_find(b->env.ctx.pki, ci->cert.ski) == NULL)
			return ci->cert.ski;
	}
	return slice_of(nobody, sizeof(nobody));
}
