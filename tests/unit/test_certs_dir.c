/* SPDX-License-Identifier: Apache-2.0 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/test_certs.h"

const char *
dir_make(void)
{
	static char	 path[64];

	snprintf(path, sizeof(path), "unit_certs_pki.XXXXXX");
	if (mkdtemp(path) == NULL)
		abort();
	return path;
}

void
dir_put(const char *dir, const char *name, struct slice data)
{
	char	 path[256], part[256];
	char	*slash;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	for (slash = strchr(path, '/'); slash != NULL;
	    slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		if (file_mkdir(part, 0700, NULL) != 0)
			abort();
	}
	if (file_write(path, data, 0600, false, NULL) != 0)
		abort();
}

void
dir_put_vec(const char *dir, const char *name, const char *vec_name)
{
	struct buf	 b = vec("certs_pki", "%s", vec_name);

	dir_put(dir, name, buf_slice(&b));
	buf_free(&b);
}

static void
dir_put_key(struct crypto *c, const char *dir, const char *name,
    enum curve curve, const char *who)
{
	struct privkey	*k = must_key(c, curve, who);
	struct buf	 pem = {0};

	if (privkey_pem(k, &pem) != 0)
		abort();
	dir_put(dir, name, buf_slice(&pem));
	buf_free(&pem);
	privkey_free(k);
}

const char *
dir_make_full(struct crypto *c)
{
	const char	*dir = dir_make();

	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	dir_put_vec(dir, "ci/brainpool.crt", "bp256.ci.cert");
	dir_put_vec(dir, "dp/nist/auth.crt", "p256.dpauth.cert");
	dir_put_vec(dir, "dp/nist/pb.crt", "p256.dppb.cert");
	dir_put_vec(dir, "dp/brainpool/auth.crt", "bp256.dpauth.cert");
	dir_put_vec(dir, "dp/brainpool/pb.crt", "bp256.dppb.cert");
	dir_put_key(c, dir, "dp/nist/auth.key", CURVE_P256, "dpauth");
	dir_put_key(c, dir, "dp/nist/pb.key", CURVE_P256, "dppb");
	dir_put_key(c, dir, "dp/brainpool/auth.key", CURVE_BP256, "dpauth");
	dir_put_key(c, dir, "dp/brainpool/pb.key", CURVE_BP256, "dppb");
	return dir;
}

static int
entry_remove(const char *path, const struct stat *st, int kind,
    struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void
dir_remove(const char *dir)
{
	if (nftw(dir, entry_remove, 8, FTW_DEPTH | FTW_PHYS) != 0)
		abort();
}
