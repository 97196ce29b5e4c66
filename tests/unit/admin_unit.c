/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/admin_unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/jfield.h"
#include "db/sqlite.h"
#include "db/store_priv.h"

static int64_t
bench_now(void *arg)
{
	return BENCH_NOW + atomic_load((_Atomic int64_t *)arg);
}

static const char *
bench_path(const struct bench *b, const char *name)
{
	static char	 path[400];

	snprintf(path, sizeof(path), "%s/%s", b->dir, name);
	return path;
}

struct bench *
bench_new(bool lab)
{
	return bench_new_over(lab, &driver_sqlite);
}

struct bench *
bench_new_over(bool lab, const struct driver *drv)
{
	struct bench	*b = xcalloc(1, sizeof(*b));
	const char	*tmp = getenv("TMPDIR");
	struct why	 why = { "" };

	/* Hundreds of stores are made: where there is no disk, if possible. */
	if (access("/dev/shm", W_OK) == 0)
		tmp = "/dev/shm";
	snprintf(b->dir, sizeof(b->dir), "%.40s/smdp-unit.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(b->dir) == NULL)
		abort();
	b->address[0] = xstrdup("smdp.example.com");
	b->set.address.item = b->address;
	b->set.address.n = 1;
	snprintf(b->db, sizeof(b->db), "sqlite:%s/db", b->dir);
	b->set.db = b->db;
	b->set.lab = lab;
	b->clock.now = bench_now;
	b->clock.arg = &b->offset;
	b->c.set = &b->set;
	b->c.clock = &b->clock;
	b->c.rnd = &rnd_system;
	b->c.lab_offset = &b->offset;
	b->c.tenant = TENANT_DEFAULT;
	if (seal_kek_create(bench_path(b, "kek"), &why) != 0 ||
	    seal_open(bench_path(b, "kek"), &b->c.seal, &why) != 0 ||
	    store_open_with(drv, bench_path(b, "db"), true, migrations,
	    migrations_n, &b->c.store, &why) != 0 ||
	    store_reader(b->c.store, &b->c.db) != 0 ||
	    crypto_new(&b->c.crypto) != 0) {
		fprintf(stderr, "bench: %s\n", why.text);
		abort();
	}
	return b;
}

void
bench_free(struct bench *b)
{
	struct dirent	*e;
	DIR		*d;

	store_reader_free(b->c.db);
	store_close(b->c.store);
	seal_close(b->c.seal);
	crypto_free(b->c.crypto);
	if ((d = opendir(b->dir)) != NULL) {
		while ((e = readdir(d)) != NULL)
			if (e->d_name[0] != '.')
				unlink(bench_path(b, e->d_name));
		closedir(d);
	}
	rmdir(b->dir);
	free(b->address[0]);
	free(b);
}

static int
bench_call(struct bench *b, const char *words, const char *in,
    struct admin_call *call)
{
	const struct admin_verb	*v;
	char			 noun[32], verb[32];
	json_t			*j = NULL;
	int			 r;

	memset(call, 0, sizeof(*call));
	if (sscanf(words, "%31s %31s", noun, verb) != 2 ||
	    (v = admin_verb_find(noun, verb)) == NULL ||
	    json_read(slice_str(in), &j, &call->why) != 0) {
		fprintf(stderr, "bench: %s %s: %s\n", words, in,
		    call->why.text);
		abort();
	}
	call->ctx = &b->c;
	call->actor = "uid 0";
	call->in = j;
	call->out = json_object();
	r = v->fn(call);
	json_decref(j);
	return r;
}

int
bench_try(struct bench *b, const char *words, const char *in)
{
	struct admin_call	 call;
	int			 r = bench_call(b, words, in, &call);

	json_decref(call.out);
	return r;
}

json_t *
bench_ask(struct bench *b, const char *words, const char *in)
{
	struct admin_call	 call;
	int			 r = bench_call(b, words, in, &call);

	if (r == 0)
		return call.out;
	printf("# %s %s: %d %s\n", words, in, r, call.why.text);
	CU_FAIL("refused");
	json_decref(call.out);
	return NULL;
}

void
bench_refused(struct bench *b, const char *words, const char *in, int r,
    const char *part)
{
	struct admin_call	 call;
	int			 got = bench_call(b, words, in, &call);
	bool			 fits;

	fits = got == r && strstr(call.why.text, part) != NULL;
	if (!fits)
		printf("# %s %s: %d %s\n", words, in, got, call.why.text);
	CU_ASSERT(fits);
	json_decref(call.out);
}

const char *
bench_text(const json_t *o, const char *key)
{
	const json_t	*v = json_object_get(o, key);

	if (json_is_null(v))
		return "";
	return json_is_string(v) ? json_string_value(v) : "?";
}

void
bench_get(struct bench *b, const char *words, const char *in,
    const char *key, char *out, size_t size)
{
	json_t	*o = bench_ask(b, words, in);

	snprintf(out, size, "%s", bench_text(o, key));
	json_decref(o);
}

void
bench_stock(struct bench *b, char iccid[21])
{
	json_decref(bench_ask(b, "type add", "{\"name\":\"staff\"}"));
	bench_get(b, "profile generate", "{\"type\":\"staff\",\"count\":1}",
	    "first_iccid", iccid, 21);
}

static void
add_all(struct unit_case *all, size_t *n, const struct unit_case *c, size_t k)
{
	memcpy(all + *n, c, k * sizeof(*c));
	*n += k;
}

int
main(void)
{
	struct unit_case	 all[128];
	size_t			 n = 0;

	add_all(all, &n, unit_qr, unit_qr_n);
	add_all(all, &n, unit_vault, unit_vault_n);
	add_all(all, &n, unit_types, unit_types_n);
	add_all(all, &n, unit_profiles, unit_profiles_n);
	add_all(all, &n, unit_orders, unit_orders_n);
	add_all(all, &n, unit_moves, unit_moves_n);
	add_all(all, &n, unit_events, unit_events_n);
	add_all(all, &n, unit_fits, unit_fits_n);
	add_all(all, &n, unit_faults, unit_faults_n);
	add_all(all, &n, unit_decode, unit_decode_n);
	add_all(all, &n, unit_export_rows, unit_export_rows_n);
	add_all(all, &n, unit_exports, unit_exports_n);
	add_all(all, &n, unit_spools, unit_spools_n);
	return unit_main("admin", all, n);
}
