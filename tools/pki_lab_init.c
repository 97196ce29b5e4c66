/* SPDX-License-Identifier: Apache-2.0 */
/* A whole PKI for a lab, in a directory that is absent or empty. */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "tools/pki_pair.h"

static const char *const parts[] = { "ci", "eum", "euicc", "dp", "tls",
    "crl" };
#define N_PARTS	NELEM(parts)

static int
dir_check_empty(const char *dir, struct why *why)
{
	struct dirent	*e;
	DIR		*d;
	int		 r = 0;

	if ((d = opendir(dir)) == NULL)
		return why_set(why, DPE_IO, "%s: %s", dir, strerror(errno));
	while (r == 0 && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0)
			r = why_set(why, DPE_EXISTS,
			    "%s: not empty (%.60s is there)", dir,
			    e->d_name);
	closedir(d);
	return r;
}

/* Make it, or see that it is empty. */
static int
dir_take(const char *dir, bool *made, struct why *why)
{
	*made = mkdir(dir, 0755) == 0;
	if (*made)
		return 0;
	if (errno != EEXIST)
		return why_set(why, errno == ENOENT ? DPE_NOTFOUND : DPE_IO,
		    "%s: %s", dir, strerror(errno));
	return dir_check_empty(dir, why);
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static void
dir_remove(const char *dir)
{
	(void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static int
init_curve(struct pki_lab *l, enum curve curve, const char *host,
    struct why *why)
{
	struct pki_want	 w = { .curve = curve };
	char		 url[LIM_HOST + 64];
	int		 r;

	snprintf(url, sizeof(url), "http://%s/crl/lab-%s.crl", host,
	    pki_curve_word(curve));
	w.crl_url = url;
	if ((r = pki_lab_ci_new(l, &w, why)) == 0 &&
	    (r = pki_lab_eum_new(l, &w, why)) == 0 &&
	    (r = pki_lab_euicc_new(l, &w, why)) == 0)
		r = pki_lab_dp_new(l, &w, why);
	return r;
}

/* Everything, into the directory dir. */
static int
init_fill(const char *dir, const char *host, struct why *why)
{
	const char	*hosts[] = { host, "localhost", NULL };
	struct pki_want	 w = { .curve = CURVE_P256, .hosts = hosts };
	struct pki_lab	*l;
	struct buf	 path = {0};
	int		 r;

	if (strcmp(host, "localhost") == 0)
		hosts[1] = NULL;
	w.name = strlen(host) < PKI_NAME ? host : "lab";
	if ((r = pki_lab_open(dir, &l, why)) != 0)
		return r;
	if ((r = init_curve(l, CURVE_P256, host, why)) == 0 &&
	    (r = init_curve(l, CURVE_BP256, host, why)) == 0)
		r = pki_lab_tls_new(l, &w, why);
	buf_addf(&path, "%s/crl", dir);
	if (r == 0)
		r = file_mkdir(buf_cstr(&path), 0755, why);
	buf_free(&path);
	pki_lab_free(l);
	return r;
}

/* What was made aside gets its place. */
static int
init_publish(const char *aside, const char *dir, struct why *why)
{
	struct buf	 from = {0}, to = {0};
	size_t		 i;
	int		 r = 0;

	for (i = 0; r == 0 && i < N_PARTS; i++) {
		buf_cut(&from, 0);
		buf_cut(&to, 0);
		buf_addf(&from, "%s/%s", aside, parts[i]);
		buf_addf(&to, "%s/%s", dir, parts[i]);
		if (rename(buf_cstr(&from), buf_cstr(&to)) != 0)
			r = why_set(why, DPE_IO, "%s: %s", buf_cstr(&to),
			    strerror(errno));
	}
	/* The first of them that failed is not ours; those before are. */
	for (i = r == 0 ? 0 : i - 1; r != 0 && i-- > 0;) {
		buf_cut(&to, 0);
		buf_addf(&to, "%s/%s", dir, parts[i]);
		dir_remove(buf_cstr(&to));
	}
	buf_free(&from);
	buf_free(&to);
	return r;
}

int
pki_lab_init(const char *dir, const char *address, struct why *why)
{
	char		 host[LIM_HOST + 1];
	struct buf	 aside = {0};
	bool		 made = false;
	int		 r;

	if ((r = pki_host(address, host, sizeof(host), why)) != 0 ||
	    (r = dir_take(dir, &made, why)) != 0)
		return r;
	buf_addf(&aside, "%s/.init.XXXXXX", dir);
	if (mkdtemp(buf_cstr(&aside)) == NULL) {
		r = why_set(why, DPE_IO, "%s: %s", dir, strerror(errno));
		goto out;
	}
	if ((r = init_fill(buf_cstr(&aside), host, why)) == 0)
		r = init_publish(buf_cstr(&aside), dir, why);
	dir_remove(buf_cstr(&aside));
out:
	if (r != 0 && made)
		rmdir(dir);
	buf_free(&aside);
	return r;
}
