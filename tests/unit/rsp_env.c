/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/rsp_env.h"

#include <sys/socket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asn1/rsp.h"
#include "base/file.h"
#include "base/hex.h"
#include "db/fault.h"
#include "db/store_priv.h"
#include "server/vault.h"
#include "tests/unit/session_row.h"

static void
must(int r, const char *what, const struct why *why)
{
	if (r == 0)
		return;
	fprintf(stderr, "rsp_env: %s: %s %s\n", what, err_text(r),
	    why == NULL ? "" : why->text);
	abort();
}

struct slice
env_vec(struct buf *b, const char *name)
{
	buf_cut(b, 0);
	unit_vec("rsp.txt", name, b);
	return buf_slice(b);
}

static void
env_file(const struct env *e, const char *name, struct slice data)
{
	struct why	 why = {""};
	char		 path[160];

	snprintf(path, sizeof(path), "%s/%s", e->dir, name);
	must(file_write(path, data, 0600, false, &why), name, &why);
}

static void
env_mkdir(const struct env *e, const char *name)
{
	struct why	 why = {""};
	char		 path[160];

	snprintf(path, sizeof(path), "%s/%s", e->dir, name);
	must(file_mkdir(path, 0700, &why), name, &why);
}

static void
env_key(const struct env *e, const char *curve_word, enum curve curve,
    const char *who, const char *file)
{
	struct privkey	*k = NULL;
	struct buf	 d = {0}, pem = {0};
	char		 name[40], path[80];

	snprintf(name, sizeof(name), "%s.%s.d", curve_word, who);
	snprintf(path, sizeof(path), "dp/%s/%s.key", curve_word, file);
	must(privkey_from_scalar(e->ctx.crypto, curve, env_vec(&d, name), &k),
	    name, NULL);
	must(privkey_pem(k, &pem), name, NULL);
	env_file(e, path, buf_slice(&pem));
	privkey_free(k);
	buf_free(&d);
	buf_free(&pem);
}

static void
env_pki_curve(const struct env *e, const char *word, enum curve curve)
{
	static const char *const who[][2] = {
		{ "dpauth", "auth" }, { "dppb", "pb" }
	};
	struct buf	 b = {0};
	char		 name[40], path[80];
	size_t		 i;

	snprintf(name, sizeof(name), "%s.ci.crt", word);
	snprintf(path, sizeof(path), "ci/%s.crt", word);
	env_file(e, path, env_vec(&b, name));
	snprintf(path, sizeof(path), "dp/%s", word);
	env_mkdir(e, path);
	for (i = 0; i < 2; i++) {
		snprintf(name, sizeof(name), "%s.%s.crt", word, who[i][0]);
		snprintf(path, sizeof(path), "dp/%s/%s.crt", word, who[i][1]);
		env_file(e, path, env_vec(&b, name));
		env_key(e, word, curve, who[i][0], who[i][1]);
	}
	buf_free(&b);
}

static void *
env_signer(void *arg)
{
	struct env	*e = arg;
	struct why	 why = {""};

	must(signer_serve(e->pki, &e->signer_fd, 1, -1, &why), "signer",
	    &why);
	return NULL;
}

/* The PKI of the vectors, in the directory of the env. */
static void
env_pki_vec(struct env *e)
{
	must(crypto_new(&e->ctx.crypto), "crypto", NULL);
	env_mkdir(e, "ci");
	env_mkdir(e, "dp");
	env_mkdir(e, "crl");
	env_pki_curve(e, "nist", CURVE_P256);
	env_pki_curve(e, "brp", CURVE_BP256);
	crypto_free(e->ctx.crypto);
}

static void
env_pki(struct env *e)
{
	struct why	 why = {""};
	int		 fds[2];

	must(pki_load(e->pki, e->ctx.crypto, e->now, true, &e->ctx.pki, &why),
	    "pki", &why);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) == -1)
		abort();
	e->signer_fd = fds[0];
	e->ctx.signer = signer_new(fds[1]);
	if (pthread_create(&e->signer, NULL, env_signer, e) != 0)
		abort();
}

static int64_t
env_now(void *arg)
{
	struct env	*e = arg;

	return e->now;
}

/* First what the test put there, then real chance. */
static void
env_fill(void *arg, void *p, size_t n)
{
	struct env	*e = arg;

	if (e->chance.len - e->chance_at >= n) {
		memcpy(p, e->chance.p + e->chance_at, n);
		e->chance_at += n;
	} else
		rnd_fill(&rnd_system, p, n);
}

struct seed {
	struct profile	profile;
	struct body	body;
	struct order	order;
};

static int
env_type_write(struct db *db, void *arg)
{
	return store_type_add(db, TENANT_DEFAULT, arg);
}

static int
env_seed_write(struct db *db, void *arg)
{
	struct seed	*s = arg;
	const char	*iccid = s->profile.iccid;
	int		 r;

	if ((r = store_body_add(db, TENANT_DEFAULT, &s->body)) != 0 ||
	    (r = store_profile_add(db, TENANT_DEFAULT, &s->profile,
	    ENV_NOW)) != 0 ||
	    (r = store_order_add(db, TENANT_DEFAULT, &s->order)) != 0 ||
	    (r = store_profile_event(db, TENANT_DEFAULT, iccid, LIFE_ORDER,
	    ENV_NOW)) != 0 ||
	    (r = store_profile_event(db, TENANT_DEFAULT, iccid, LIFE_RELEASE,
	    ENV_NOW)) != 0)
		return r;
	return store_profile_link(db, TENANT_DEFAULT, iccid, s->order.id,
	    NULL);
}

void
env_add(struct env *e, const char *iccid, struct slice upp, const char *mid)
{
	struct seed	 s = {
		.profile = { .type = "t", .checked = true },
		.order = { .type = "t", .lock = LOCK_TOFU,
		    .max_downloads = 10, .max_cc = 2,
		    .created = ENV_NOW, .updated = ENV_NOW },
	};

	snprintf(s.profile.iccid, sizeof(s.profile.iccid), "%s", iccid);
	snprintf(s.order.iccid, sizeof(s.order.iccid), "%s", iccid);
	must(vault_body_put(&e->ctx, upp, false, &s.body), "body", NULL);
	memcpy(s.profile.body, s.body.id, sizeof(s.profile.body));
	vault_row_id(&e->ctx, s.order.id);
	must(vault_mid_put(&e->ctx, &s.order, slice_str(mid)), "mid", NULL);
	env_write(e, env_seed_write, &s);
	memcpy(e->order.id, s.order.id, sizeof(e->order.id));
	order_free(&s.order);
	buf_free(&s.body.sealed);
}

static void
env_seed(struct env *e)
{
	struct ptype	 type = { .name = "t", .spn = "Example",
			    .profile_name = "P", .profile_class = 2,
			    .icon_type = -1, .notify = 15 };
	struct buf	 upp = {0};

	env_write(e, env_type_write, &type);
	env_add(e, ENV_ICCID, env_vec(&upp, "nist_skeys.upp"), ENV_MID);
	buf_free(&upp);
}

static void
env_dir(struct env *e, int64_t now)
{
	memset(e, 0, sizeof(*e));
	e->now = now;
	/* In memory where that is possible: nothing here outlives a crash. */
	snprintf(e->dir, sizeof(e->dir), "%s/smdp-rsp.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(e->dir) == NULL)
		abort();
}

static void
env_start(struct env *e)
{
	static const char conf[] = "address " ENV_ADDRESS "\n"
	    "address " ENV_ALIAS "\n"
	    "listen-es9 127.0.0.1:1\nlab yes\n";
	static const char kek[] = "000102030405060708090a0b0c0d0e0f"
	    "101112131415161718191a1b1c1d1e1f\n";
	struct why	 why = {""};
	char		 path[160];

	e->clock = (struct clock){ env_now, e };
	e->rnd = (struct rnd){ env_fill, e };
	e->ctx = (struct ctx){ .set = &e->set, .clock = &e->clock,
	    .rnd = &e->rnd, .lab_offset = &e->offset,
	    .sessions_full = &e->full, .tenant = TENANT_DEFAULT };
	env_file(e, "smdpd.conf", slice_str(conf));
	snprintf(path, sizeof(path), "%s/smdpd.conf", e->dir);
	must(settings_load(path, &e->set, &why), "settings", &why);
	must(crypto_new(&e->ctx.crypto), "crypto", NULL);
	snprintf(path, sizeof(path), "%s/kek", e->dir);
	/* The same in every run: transactionIds depend on it. */
	must(file_write(path, slice_str(kek), 0600, true, &why), "kek",
	    &why);
	must(seal_open(path, &e->ctx.seal, &why), "seal", &why);
	env_pki(e);
	snprintf(path, sizeof(path), "%s/smdp.db", e->dir);
	must(store_open_with(&driver_fault, path, true, migrations,
	    migrations_n, &e->ctx.store, &why), "store", &why);
	must(store_reader(e->ctx.store, &e->ctx.db), "reader", NULL);
}

void
env_open(struct env *e)
{
	env_dir(e, ENV_NOW);
	snprintf(e->pki, sizeof(e->pki), "%s", e->dir);
	env_pki_vec(e);
	env_start(e);
	env_seed(e);
}

void
env_open_pki(struct env *e, const char *pki, int64_t now)
{
	env_dir(e, now);
	snprintf(e->pki, sizeof(e->pki), "%s", pki);
	env_start(e);
}

void
env_close(struct env *e)
{
	char	 command[128];

	order_free(&e->order);
	store_reader_free(e->ctx.db);
	store_close(e->ctx.store);
	signer_free(e->ctx.signer);
	pthread_join(e->signer, NULL);
	pki_free(e->ctx.pki);
	seal_close(e->ctx.seal);
	crypto_free(e->ctx.crypto);
	settings_free(&e->set);
	buf_free(&e->chance);
	snprintf(command, sizeof(command), "rm -rf '%s'", e->dir);
	if (system(command) != 0)
		fprintf(stderr, "rsp_env: %s is left behind\n", e->dir);
}

void
env_write(struct env *e, int (*fn)(struct db *db, void *arg), void *arg)
{
	must(store_write(e->ctx.store, STORE_DURABLE, fn, arg), "write",
	    NULL);
}

static int
env_session_write(struct db *db, void *arg)
{
	struct session	*s = arg;
	int		 r;

	if ((r = session_row(db, TENANT_DEFAULT, s)) != 0 ||
	    s->step == STEP_INITIATED)
		return r;
	return store_session_authenticated(db, TENANT_DEFAULT, s, ENV_NOW);
}

static struct slice
env_member(struct buf *b, const char *name, const char *member)
{
	char	 full[80];

	snprintf(full, sizeof(full), "%s.%s", name, member);
	return env_vec(b, full);
}

static void
env_session_first(struct env *e, const char *name, struct session *s)
{
	const char	*word = strncmp(name, "nist", 4) == 0 ? "nist.ci.crt" :
			    "brp.ci.crt";
	struct buf	 b = {0};
	struct cert	 ci;

	hex_put(s->tid, env_member(&b, name, "transactionId"));
	s->created = s->touched = e->now;
	must(cert_parse(env_vec(&b, word), &ci), word, NULL);
	memcpy(s->dp_ci, ci.ski.p, 20);
	memcpy(s->euicc_ci, ci.ski.p, 20);
	memcpy(s->server_challenge,
	    env_member(&b, name, "serverChallenge").p, 16);
	snprintf(s->address, sizeof(s->address), "smdp.example.com");
	memcpy(s->svn, "\x02\x02\x02", 3);
	buf_free(&b);
}

static void
env_session_second(struct env *e, const char *name, struct session *s)
{
	bool		 nist = strncmp(name, "nist", 4) == 0;
	struct buf	 b = {0};
	struct cert	 card;

	snprintf(s->eid, sizeof(s->eid), ENV_EID);
	memcpy(s->order, e->order.id, sizeof(s->order));
	snprintf(s->iccid, sizeof(s->iccid), ENV_ICCID);
	must(cert_parse(env_vec(&b, nist ? "nist.euicc.crt" :
	    "brp.euicc.crt"), &card), "card", NULL);
	buf_set(&s->euicc_point, card.point);
	s->euicc_curve = (int)card.curve;
	buf_set(&s->smdp_signature2, env_member(&b, name, "smdpSignature2"));
	buf_set(&s->metadata, env_member(&b, name, "metadata"));
	buf_free(&b);
}

void
env_session(struct env *e, const char *name, bool authenticated)
{
	struct session	 s = {0};

	env_session_first(e, name, &s);
	if (authenticated)
		env_session_second(e, name, &s);
	s.step = authenticated ? STEP_AUTHENTICATED : STEP_INITIATED;
	env_write(e, env_session_write, &s);
	session_free(&s);
}

enum life_state
env_state(struct env *e)
{
	struct profile	 p = {0};
	enum life_state	 state;

	must(store_profile_get(e->ctx.db, TENANT_DEFAULT, ENV_ICCID, &p),
	    "profile", NULL);
	state = p.state;
	profile_free(&p);
	return state;
}

enum session_step
env_step(struct env *e)
{
	struct session	 s = {0};
	struct buf	 b = {0};
	char		 tid[TID_TEXT];
	enum session_step step;

	hex_put(tid, env_vec(&b, "nist_skeys.transactionId"));
	must(store_session_get(e->ctx.db, TENANT_DEFAULT, tid, &s), "session",
	    NULL);
	step = s.step;
	session_free(&s);
	buf_free(&b);
	return step;
}

struct order *
env_order(struct env *e)
{
	char	 id[ROW_ID_TEXT];

	memcpy(id, e->order.id, sizeof(id));
	order_free(&e->order);
	memset(&e->order, 0, sizeof(e->order));
	must(store_order_get(e->ctx.db, TENANT_DEFAULT, id, &e->order),
	    "order", NULL);
	return &e->order;
}
