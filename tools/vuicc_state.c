/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_state.h"

#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define STATE_MAX	(4 * 1024 * 1024)

static void
profile_clear(struct vuicc_profile *p)
{
	size_t	 i;

	free(p->iccid);
	free(p->provider);
	free(p->name);
	free(p->upp_sha256);
	free(p->nickname);
	if (p->contents != NULL)
		mem_wipe(p->contents, strlen(p->contents));
	free(p->contents);
	buf_free(&p->metadata);
	for (i = 0; i < VUICC_NOTIFY; i++)
		free(p->notify[i].address);
	memset(p, 0, sizeof(*p));
}

static void
pending_clear(struct vuicc_pending *p)
{
	free(p->address);
	free(p->iccid);
	buf_free(&p->der);
	memset(p, 0, sizeof(*p));
}

void
vuicc_state_free(struct vuicc_state *st)
{
	size_t	 i;

	if (st == NULL)
		return;
	for (i = 0; i < VUICC_PROFILES; i++)
		profile_clear(&st->profile[i]);
	for (i = 0; i < VUICC_PENDING; i++)
		pending_clear(&st->pending[i]);
	vuicc_state_kept_drop(st);
	for (i = 0; i < VUICC_CONNECT; i++)
		free(st->trust.connect[i]);
	free(st->default_dp);
	free(st->trust.eid);
	free(st->trust.pki);
	free(st->trust.cafile);
	free(st->path);
	if (st->lock != -1)
		close(st->lock);
	free(st);
}

/*
 * A lock beside the file, because the file itself is replaced at every save.
 */
static int
state_lock(struct vuicc_state *st, struct why *why)
{
	struct buf	 name = {0};
	int		 r = 0;

	buf_addf(&name, "%s.lock", st->path);
	st->lock = open(buf_cstr(&name), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (st->lock == -1)
		r = why_set(why, DPE_IO, "%s: %s", buf_cstr(&name),
		    strerror(errno));
	else if (flock(st->lock, LOCK_EX | LOCK_NB) == -1)
		r = why_set(why, DPE_BUSY, "%s: in use by another vuicc",
		    st->path);
	buf_free(&name);
	return r;
}

int
vuicc_state_open(const char *path, bool must_exist, struct vuicc_state **out,
    struct why *why)
{
	struct vuicc_state	*st;
	struct buf		 text = {0};
	int			 r = 0;

	*out = NULL;
	st = xcalloc(1, sizeof(*st));
	st->lock = -1;
	if (path == NULL)
		goto out;
	if (must_exist && access(path, F_OK) == -1) {
		r = why_set(why, DPE_NOTFOUND, "%s: %s", path,
		    strerror(errno));
		goto out;
	}
	st->path = xstrdup(path);
	if ((r = state_lock(st, why)) != 0)
		goto out;
	r = file_read(path, STATE_MAX, &text, why);
	if (r == DPE_NOTFOUND && !must_exist) {
		st->dirty = true;
		r = 0;
	} else if (r == 0 && (r = vuicc_state_read(buf_slice(&text), st,
	    why)) != 0)
		why_prefix(why, "%s", path);
out:
	buf_free(&text);
	if (r != 0)
		vuicc_state_free(st);
	else
		*out = st;
	return r;
}

int
vuicc_state_save(struct vuicc_state *st, struct why *why)
{
	struct buf	 text = {0};
	int		 r;

	if (st->path == NULL || !st->dirty)
		return 0;
	vuicc_state_write(st, &text);
	r = file_write(st->path, buf_slice(&text), 0600, false, why);
	buf_free(&text);
	if (r == 0)
		st->dirty = false;
	return r;
}

struct vuicc_profile *
vuicc_state_profile(struct vuicc_state *st, const char *iccid)
{
	size_t	 i;

	for (i = 0; i < st->n_profile; i++)
		if (strcmp(st->profile[i].iccid, iccid) == 0)
			return &st->profile[i];
	return NULL;
}

struct vuicc_profile *
vuicc_state_profile_add(struct vuicc_state *st)
{
	if (st->n_profile == VUICC_PROFILES)
		return NULL;
	st->dirty = true;
	return &st->profile[st->n_profile++];
}

void
vuicc_state_profile_del(struct vuicc_state *st, struct vuicc_profile *p)
{
	size_t	 i = (size_t)(p - st->profile);

	profile_clear(p);
	memmove(p, p + 1, (st->n_profile - i - 1) * sizeof(*p));
	memset(&st->profile[--st->n_profile], 0, sizeof(*p));
	st->dirty = true;
}

struct vuicc_pending *
vuicc_state_pending_add(struct vuicc_state *st)
{
	if (st->n_pending == VUICC_PENDING)
		return NULL;
	st->dirty = true;
	return &st->pending[st->n_pending++];
}

void
vuicc_state_pending_del(struct vuicc_state *st, size_t i)
{
	struct vuicc_pending	*p = &st->pending[i];

	pending_clear(p);
	memmove(p, p + 1, (st->n_pending - i - 1) * sizeof(*p));
	memset(&st->pending[--st->n_pending], 0, sizeof(*p));
	st->dirty = true;
}

void
vuicc_state_kept_drop(struct vuicc_state *st)
{
	if (st->kept.set)
		st->dirty = true;
	st->kept.set = false;
	buf_free(&st->kept.scalar);
	buf_free(&st->kept.point);
	buf_free(&st->kept.smdp_oid);
}
