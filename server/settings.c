/* SPDX-License-Identifier: Apache-2.0 */
#include "server/settings.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/limits.h"
#include "server/settings_bad.h"

#define SOCKET_PATH_MAX	107	/* octets, by the kernel */
#define AT(member)	offsetof(struct settings, member)

static const struct conf_word words[] = {
	{ "address", CONF_LIST, AT(address), NULL, 0, 0,
	    "HOST[:PORT] of this SM-DP+; the first is the canonical one",
	    bad_address },
	{ "listen-es9", CONF_LIST, AT(listen_es9), NULL, 0, 0,
	    "ADDR:PORT for LPAs (HTTPS)", bad_listen },
	{ "listen-es2", CONF_LATER, 0, NULL, 0, 0, "", NULL },
	{ "listen-esipa", CONF_LATER, 0, NULL, 0, 0, "", NULL },
	{ "listen-admin", CONF_TEXT, AT(listen_admin), "unix:admin.sock", 0, 0,
	    "unix:PATH for smdpctl", bad_listen_admin },
	{ "admin-group", CONF_TEXT, AT(admin_group), NULL, 0, 0,
	    "group whose members may use the admin socket", bad_group },
	{ "pki", CONF_TEXT, AT(pki), "pki", 0, 0, "PKI directory", NULL },
	{ "db", CONF_TEXT, AT(db), "sqlite:smdp.db", 0, 0, "sqlite:PATH",
	    bad_db },
	{ "kek", CONF_TEXT, AT(kek), "file:kek", 0, 0, "file:PATH", bad_kek },
	{ "workers", CONF_UINT, AT(workers), "0", 0, 256,
	    "requests at work at a time; 0: 16 for each processor", NULL },
	{ "max-connections", CONF_UINT, AT(max_connections), "1000", 1, 60000,
	    "open connections of LPAs", NULL },
	{ "worker-connections", CONF_UINT, AT(worker_connections), "4000", 0,
	    1000000000, "connections until the worker begins anew; 0: any",
	    NULL },
	{ "session-timeout", CONF_SECONDS, AT(session_timeout), "30m", 0, 0,
	    "life of an RSP session between two calls", bad_session_timeout },
	{ "order-expiry", CONF_SECONDS, AT(order_expiry), "never", 0, 0,
	    "when an order expires that names no time", NULL },
	{ "svn-max", CONF_TEXT, AT(svn_max), "2.255", 0, 0,
	    "the highest SGP.22 version of an eUICC that is served",
	    bad_svn_max },
	{ "block-ski", CONF_LIST, AT(block_ski), NULL, 0, 0,
	    "key id of an EUM or eUICC certificate that is refused",
	    bad_block_ski },
	{ "block-eid", CONF_LIST, AT(block_eid), NULL, 0, 0,
	    "EID[-EID] that is refused", bad_block_eid },
	{ "block-firmware", CONF_LIST, AT(block_firmware), NULL, 0, 0,
	    "[EID prefix:]X.Y.Z that is refused", bad_block_firmware },
	{ "crl-stale", CONF_TEXT, AT(crl_stale), "warn", 0, 0,
	    "warn or refuse, when a revocation list is past its time",
	    bad_crl_stale },
	{ "log-level", CONF_TEXT, AT(log_level), "info", 0, 0,
	    "error, warn, info or debug", bad_log_level },
	{ "lab", CONF_BOOL, AT(lab), "no", 0, 0,
	    "allow what only a test bench may do", NULL },
};
#define N_WORDS	NELEM(words)

/* A path in the file is relative to the file's own folder. */
static void
settings_resolve(char **value, const char *scheme, const char *conf)
{
	const char	*path = *value + strlen(scheme), *slash;
	struct buf	 b = {0};

	slash = strrchr(conf, '/');
	if (path[0] == '/' || slash == NULL)
		return;
	buf_addf(&b, "%s%.*s/%s", scheme, (int)(slash - conf), conf, path);
	free(*value);
	*value = xstrdup(buf_cstr(&b));
	buf_free(&b);
}

static int
settings_check(struct settings *s, const char *path, struct why *why)
{
	if (s->address.n == 0)
		return why_set(why, DPE_MISSING, "%s: no address", path);
	if (s->listen_es9.n == 0)
		return why_set(why, DPE_MISSING, "%s: no listen-es9", path);
	settings_resolve(&s->listen_admin, "unix:", path);
	settings_resolve(&s->db, "sqlite:", path);
	settings_resolve(&s->kek, "file:", path);
	settings_resolve(&s->pki, "", path);
	s->svn_minor = (unsigned)atoi(s->svn_max + strlen("2."));
	if (strlen(s->listen_admin) > strlen("unix:") + SOCKET_PATH_MAX)
		return why_set(why, DPE_RANGE, "%s: listen-admin: a socket "
		    "path has at most %d octets", path, SOCKET_PATH_MAX);
	return 0;
}

int
settings_load(const char *path, struct settings *out, struct why *why)
{
	struct buf	 text = {0};
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = file_read(path, LIM_CONF, &text, why)) == 0 &&
	    (r = conf_read(path, buf_slice(&text), words, N_WORDS, out,
	    why)) == 0) {
		out->path = xstrdup(path);
		r = settings_check(out, path, why);
	}
	buf_free(&text);
	return r;
}

void
settings_print(const struct settings *s, struct buf *out)
{
	conf_print(words, N_WORDS, s, out);
}

void
settings_free(struct settings *s)
{
	conf_free(words, N_WORDS, s);
	free(s->path);
	s->path = NULL;
}

bool
settings_is_ours(const struct settings *s, struct slice host)
{
	size_t	 i;

	for (i = 0; i < s->address.n; i++)
		if (strlen(s->address.item[i]) == host.len &&
		    strncasecmp(s->address.item[i], (const char *)host.p,
		    host.len) == 0)
			return true;
	return false;
}
