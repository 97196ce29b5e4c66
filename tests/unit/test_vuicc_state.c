/* SPDX-License-Identifier: Apache-2.0 */
/* The card's memory: what was written is read again, and nothing is lost. */
#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_state.h"

static char	dir[] = "/tmp/vuicc_state.XXXXXX";
static char	path[64];

static void
begin(void)
{
	strcpy(dir + strlen(dir) - 6, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/card", dir);
}

static void
end(void)
{
	char	 lock[80];

	snprintf(lock, sizeof(lock), "%s.lock", path);
	unlink(lock);
	unlink(path);
	CU_ASSERT_EQUAL(rmdir(dir), 0);	/* nothing is left beside it */
}

static void
fill(struct vuicc_state *st)
{
	struct vuicc_profile	*p = vuicc_state_profile_add(st);
	struct vuicc_pending	*n;

	st->seq = 41;
	st->last_aid = 3;
	st->default_dp = xstrdup("b.example");
	st->trust.pki = xstrdup("/somewhere/pki");
	st->trust.connect[0] = xstrdup("a.example:443=127.0.0.1:8443");
	st->trust.n_connect = 1;
	p->iccid = xstrdup("8900010000000000019");
	p->provider = xstrdup("Prov\"ider");
	p->name = xstrdup("N\303\244me");
	p->upp_sha256 = xstrdup("00");
	p->nickname = xstrdup("Home");
	unit_hex("bf2500", &p->metadata);
	p->profile_class = 2;
	p->ppr = 4;
	p->aid = 3;
	p->enabled = true;
	p->notify[0].events = 15;
	p->notify[0].address = xstrdup("a.example");
	p->n_notify = 1;
	n = vuicc_state_pending_add(st);
	n->seq = 41;
	n->event = 1;
	n->address = xstrdup("a.example");
	buf_add(&n->der, "\xbf\x37\x00", 3);
	st->kept.set = true;
	unit_hex("0102", &st->kept.scalar);
	unit_hex("04ff", &st->kept.point);
	unit_hex("88370a", &st->kept.smdp_oid);
}

static void
round_trip(void)
{
	struct vuicc_state	*st;
	struct buf		 before = {0}, after = {0};
	struct stat		 sb;

	begin();
	CU_ASSERT_EQUAL(vuicc_state_open(path, true, &st, NULL),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(path, false, &st, NULL), 0);
	fill(st);
	vuicc_state_write(st, &before);
	CU_ASSERT_EQUAL(vuicc_state_save(st, NULL), 0);
	vuicc_state_free(st);
	CU_ASSERT_EQUAL(stat(path, &sb), 0);
	CU_ASSERT_EQUAL(sb.st_mode & 0777, 0600);
	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(path, true, &st, NULL), 0);
	vuicc_state_write(st, &after);
	unit_same("state", buf_slice(&after), buf_slice(&before));
	CU_ASSERT_EQUAL(st->n_profile, 1);
	CU_ASSERT_PTR_NOT_NULL(vuicc_state_profile(st,
	    "8900010000000000019"));
	CU_ASSERT_PTR_NULL(vuicc_state_profile(st, "8900010000000000018"));
	CU_ASSERT_EQUAL(st->pending[0].der.len, 3);
	CU_ASSERT_TRUE(st->kept.set);
	vuicc_state_free(st);
	buf_free(&before);
	buf_free(&after);
	end();
}

static void
one_owner(void)
{
	struct vuicc_state	*a, *b;

	begin();
	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(path, false, &a, NULL), 0);
	CU_ASSERT_EQUAL(vuicc_state_open(path, false, &b, NULL), DPE_BUSY);
	CU_ASSERT_PTR_NULL(b);
	vuicc_state_free(a);
	CU_ASSERT_EQUAL(vuicc_state_open(path, false, &b, NULL), 0);
	vuicc_state_free(b);
	end();
}

/* A process that dies leaves the state before or after, never between. */
static void
survives_crash(void)
{
	struct vuicc_state	*st;
	struct buf		 first = {0}, now = {0};
	char			 name[64];

	begin();
	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(path, false, &st, NULL), 0);
	CU_ASSERT_EQUAL(vuicc_state_save(st, NULL), 0);
	CU_ASSERT_EQUAL(file_read(path, 1 << 20, &first, NULL), 0);
	/* Changed, never saved: as if it were killed here. */
	fill(st);
	vuicc_state_free(st);
	CU_ASSERT_EQUAL(file_read(path, 1 << 20, &now, NULL), 0);
	unit_same("unsaved", buf_slice(&now), buf_slice(&first));
	/* Where the new file cannot be written the old one stays. */
	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(path, true, &st, NULL), 0);
	fill(st);
	snprintf(name, sizeof(name), "%s/gone/card", dir);
	free(st->path);
	st->path = xstrdup(name);
	CU_ASSERT_NOT_EQUAL(vuicc_state_save(st, NULL), 0);
	CU_ASSERT_TRUE(st->dirty);
	vuicc_state_free(st);
	buf_cut(&now, 0);
	CU_ASSERT_EQUAL(file_read(path, 1 << 20, &now, NULL), 0);
	unit_same("failed", buf_slice(&now), buf_slice(&first));
	buf_free(&first);
	buf_free(&now);
	end();
}

/* Every prefix of a state file is refused, and none of them crashes. */
static void
refuses_damage(void)
{
	struct vuicc_state	*st, *part;
	struct buf		 text = {0};
	size_t			 i, passed = 0;

	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(NULL, false, &st, NULL), 0);
	fill(st);
	vuicc_state_write(st, &text);
	vuicc_state_free(st);
	for (i = 0; i + 1 < text.len; i++) {
		CU_ASSERT_EQUAL_FATAL(vuicc_state_open(NULL, false, &part,
		    NULL), 0);
		if (vuicc_state_read(slice_of(text.p, i), part, NULL) == 0)
			passed++;
		vuicc_state_free(part);
	}
	CU_ASSERT_EQUAL(passed, 0);
	buf_free(&text);
}

static void
lists_shrink(void)
{
	struct vuicc_state	*st;
	int			 i;

	CU_ASSERT_EQUAL_FATAL(vuicc_state_open(NULL, false, &st, NULL), 0);
	for (i = 0; i < VUICC_PENDING; i++)
		vuicc_state_pending_add(st)->seq = i;
	CU_ASSERT_PTR_NULL(vuicc_state_pending_add(st));
	vuicc_state_pending_del(st, 5);
	CU_ASSERT_EQUAL(st->n_pending, VUICC_PENDING - 1);
	CU_ASSERT_EQUAL(st->pending[4].seq, 4);
	CU_ASSERT_EQUAL(st->pending[5].seq, 6);
	CU_ASSERT_EQUAL(st->pending[VUICC_PENDING - 2].seq,
	    VUICC_PENDING - 1);
	fill(st);
	vuicc_state_profile_add(st)->iccid = xstrdup("1");
	vuicc_state_profile_del(st, &st->profile[0]);
	CU_ASSERT_EQUAL(st->n_profile, 1);
	CU_ASSERT_STRING_EQUAL(st->profile[0].iccid, "1");
	vuicc_state_free(st);
}

const struct unit_case test_vuicc_state[] = {
	UNIT_CASE(round_trip),
	UNIT_CASE(one_owner),
	UNIT_CASE(survives_crash),
	UNIT_CASE(refuses_damage),
	UNIT_CASE(lists_shrink),
};
const size_t test_vuicc_state_n = NELEM(test_vuicc_state);
