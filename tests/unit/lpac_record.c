/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lpac_record LPAC FILE: run that lpac through the life of a
 * profile and a refusal, both of its backends being this process, and write
 * down in FILE what it sends and is answered.  Not part of the tests; what it
 * writes is (tests/vec/lpac.txt, test_lpac.c).
 */
#include <sys/wait.h>

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/jfield.h"
#include "tests/unit/lpac_env.h"
#include "tools/vuicc_lpac.h"

#define ACTCODE(mid)	"LPA:1$" ENV_ADDRESS "$" mid
#define ARGS		8

static const char *const	runs[][ARGS] = {
	{ "chip", "info" },
	{ "chip", "defaultsmdp", ENV_ADDRESS },
	{ "profile", "download", "-a", ACTCODE(LPAC_MID) },
	{ "notification", "list" },
	{ "notification", "process", "-a", "-r" },
	{ "profile", "enable", LPAC_ICCID },
	{ "profile", "nickname", LPAC_ICCID, "Home" },
	{ "profile", "list" },
	{ "notification", "process", "-a", "-r" },
	{ "profile", "disable", LPAC_ICCID },
	{ "profile", "delete", LPAC_ICCID },
	{ "notification", "process", "-a", "-r" },
	{ "profile", "download", "-p", "-a", ACTCODE(LPAC_MID2) },
	{ "chip", "purge", "yes" },
};

static const char	*lpac;
static FILE		*out;

static void
note(const char *name, struct slice bytes)
{
	struct buf	 hex = {0};
	size_t		 at;

	hex_add(&hex, bytes);
	fprintf(out, "%s\n", name);
	for (at = 0; at < hex.len; at += 76)
		fprintf(out, " %.76s\n", buf_cstr(&hex) + at);
	buf_free(&hex);
}

/* One line of the backends: what is in it, by its func. */
static void
note_apdu(const json_t *payload, const char *answer)
{
	const char	*func = json_string_value(json_object_get(payload,
			    "func"));
	const char	*param = json_string_value(json_object_get(payload,
			    "param"));
	json_t		*o = json_loads(answer, 0, NULL), *said;
	struct buf	 b = {0};
	uint8_t		 n;

	said = json_object_get(o, "payload");
	if (param != NULL)
		unit_hex(param, &b);
	if (strcmp(func, "transmit") == 0) {
		note("tx", buf_slice(&b));
		buf_cut(&b, 0);
		unit_hex(json_string_value(json_object_get(said, "data")), &b);
		note("rx", buf_slice(&b));
	} else if (strcmp(func, "logic_channel_open") == 0) {
		note("open", buf_slice(&b));
		n = (uint8_t)json_integer_value(json_object_get(said,
		    "ecode"));
		note("opened", slice_of(&n, 1));
	} else if (strcmp(func, "logic_channel_close") == 0)
		note("close", buf_slice(&b));
	else
		note("reset", slice_of("", 1));
	json_decref(o);
	buf_free(&b);
}

static void
serve_http(struct lpac_env *l, const json_t *payload, FILE *to)
{
	const char	*url = json_string_value(json_object_get(payload,
			    "url"));
	const char	*path = strchr(url + strlen("https://"), '/');
	struct buf	 body = {0}, answer = {0}, hex = {0};

	unit_hex(json_string_value(json_object_get(payload, "tx")), &body);
	lpac_env_serve(l, path, buf_slice(&body), &answer);
	note("path", slice_str(path));
	note("body", buf_slice(&body));
	note("answer", buf_slice(&answer));
	hex_add(&hex, slice_sub(buf_slice(&answer), 2, answer.len));
	fprintf(to, "{\"type\":\"http\",\"payload\":{\"rcode\":%d,\"rx\":"
	    "\"%s\"}}\n", answer.p[0] << 8 | answer.p[1], buf_cstr(&hex));
	buf_free(&body);
	buf_free(&answer);
	buf_free(&hex);
}

static void
serve_line(struct lpac_env *l, const char *line, FILE *to)
{
	const struct vuicc_kept	*k = &l->f.state->kept;
	bool			 had_key = k->set;
	struct buf		 answer = {0};
	json_t			*o = json_loads(line, 0, NULL), *payload;
	const char		*type;

	payload = json_object_get(o, "payload");
	type = json_string_value(json_object_get(o, "type"));
	if (type != NULL && strcmp(type, "http") == 0)
		serve_http(l, payload, to);
	else if (vuicc_lpac_line(&l->apdu, slice_str(line), &answer) ==
	    LPAC_ASKED)
		fputc('n', to);
	else if (answer.len > 0) {
		note_apdu(payload, buf_cstr(&answer));
		fputs(buf_cstr(&answer), to);
	} else
		fprintf(stderr, "%s", line);
	fflush(to);
	if (k->set && !had_key)
		note("otsk", buf_slice(&k->scalar));
	buf_free(&answer);
	json_decref(o);
}

static void
run_child(const char *const *args, const int in[2], const int from[2])
{
	char	*argv[ARGS + 1] = { xstrdup(lpac) };
	size_t	 i;

	for (i = 0; args[i] != NULL; i++)
		argv[i + 1] = xstrdup(args[i]);
	dup2(in[0], 0);
	dup2(from[1], 1);
	close(in[1]);
	close(from[0]);
	setenv("LPAC_APDU", "stdio", 1);
	setenv("LPAC_HTTP", "stdio", 1);
	execv(lpac, argv);
	_exit(127);
}

static void
run(struct lpac_env *l, const char *const *args)
{
	struct buf	 words = {0};
	char		*line = NULL;
	size_t		 size = 0, i;
	FILE		*to, *from;
	int		 in[2], told[2], status;

	for (i = 0; args[i] != NULL; i++)
		buf_addf(&words, "%s%s", i == 0 ? "" : " ", args[i]);
	fprintf(out, "# %s\n", buf_cstr(&words));
	note("run", buf_slice(&words));
	fflush(out);
	if (pipe(in) == -1 || pipe(told) == -1)
		abort();
	if (fork() == 0)
		run_child(args, in, told);
	close(in[0]);
	close(told[1]);
	to = fdopen(in[1], "w");
	from = fdopen(told[0], "r");
	while (getline(&line, &size, from) > 0)
		serve_line(l, line, to);
	free(line);
	fclose(to);
	fclose(from);
	wait(&status);
	buf_free(&words);
}

static void
records(void)
{
	struct lpac_env	 l;
	size_t		 i;

	fprintf(out, "# SPDX-License-Identifier: Apache-2.0\n"
	    "# What an LPA carried between our card and our server: see "
	    "tests/unit/lpac_env.h.\n# Written by tests/unit/lpac_record; "
	    "public test keys.\n");
	lpac_env_open(&l);
	for (i = 0; i < NELEM(runs); i++)
		run(&l, runs[i]);
	CU_ASSERT_EQUAL(l.f.state->n_profile, 0);
	lpac_env_close(&l);
}

int
main(int argc, char **argv)
{
	static const struct unit_case	 cases[] = { UNIT_CASE(records) };
	int				 r;

	if (argc != 3 || (out = fopen(argv[2], "w")) == NULL) {
		fprintf(stderr, "usage: lpac_record LPAC FILE\n");
		return 2;
	}
	lpac = argv[1];
	r = unit_main("record", cases, 1);
	return fclose(out) == 0 ? r : 1;
}
