/* SPDX-License-Identifier: Apache-2.0 */
#include "server/http/admin_api.h"

#include <sys/socket.h>

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/jfield.h"
#include "base/log.h"
#include "server/admin/admin.h"

#define GROUPS_MAX	256

/* One of the groups that the peer's process is in, by the kernel's word. */
static bool
peer_has(int fd, gid_t gid)
{
	gid_t		 list[GROUPS_MAX];
	socklen_t	 n = sizeof(list), i;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, list, &n) != 0)
		return false;
	for (i = 0; i < n / sizeof(list[0]); i++)
		if (list[i] == gid)
			return true;
	return false;
}

/* In this group: the process itself, or its user by the list of groups. */
static bool
in_group(int fd, uid_t uid, gid_t gid, const char *group)
{
	gid_t		 list[GROUPS_MAX];
	struct passwd	 pw, *pp;
	struct group	 gr, *gp;
	char		 text[16384];
	int		 n = GROUPS_MAX, i;

	if (getgrnam_r(group, &gr, text, sizeof(text), &gp) != 0 || gp == NULL)
		return false;
	if (gp->gr_gid == gid || peer_has(fd, gp->gr_gid))
		return true;
	gid = gp->gr_gid;
	if (getpwuid_r(uid, &pw, text, sizeof(text), &pp) != 0 || pp == NULL ||
	    getgrouplist(pp->pw_name, pp->pw_gid, list, &n) < 0)
		return false;
	for (i = 0; i < n; i++)
		if (list[i] == gid)
			return true;
	return false;
}

bool
admin_api_admit(const struct settings *set, const struct http_request *rq,
    char *actor, size_t size, struct http_answer *an)
{
	struct ucred	 u;
	socklen_t	 n = sizeof(u);

	if (getsockopt(rq->fd, SOL_SOCKET, SO_PEERCRED, &u, &n) != 0) {
		http_text(an, 403, "cannot tell who calls");
		return false;
	}
	snprintf(actor, size, "uid %u", (unsigned)u.uid);
	if (u.uid == 0 || u.uid == geteuid() || (set->admin_group != NULL &&
	    in_group(rq->fd, u.uid, u.gid, set->admin_group)))
		return true;
	log_warn("admin-refused uid=%u", (unsigned)u.uid);
	http_text(an, 403, "not for you");
	return false;
}

/* /v1/NOUN/VERB */
static const struct admin_verb *
admin_api_verb(const char *path)
{
	char		 copy[80], *verb;

	if (strncmp(path, "/v1/", 4) != 0 || strlen(path) >= sizeof(copy))
		return NULL;
	snprintf(copy, sizeof(copy), "%s", path + 4);
	if ((verb = strchr(copy, '/')) == NULL)
		return NULL;
	*verb++ = '\0';
	return admin_verb_find(copy, verb);
}

static void
admin_api_error(struct http_answer *an, int r, const struct why *why)
{
	const char	*word;
	json_t		*j;

	word = admin_error_word(r, &an->status);
	j = json_pack("{s:{s:s,s:s}}", "error", "code", word, "text",
	    why->text[0] != '\0' ? why->text : err_text(r));
	if (j == NULL)		/* a text that is no UTF-8 */
		j = json_pack("{s:{s:s,s:s}}", "error", "code", word, "text",
		    err_text(r));
	buf_cut(&an->body, 0);
	json_write(j, &an->body);
	json_decref(j);
}

/* The verb's file becomes that of the answer. */
static void
admin_api_file(struct admin_file *from, struct http_answer *an)
{
	if (from == NULL)
		return;
	an->content_type = "application/octet-stream";
	an->file = xcalloc(1, sizeof(*an->file));
	an->file->fd = from->fd;
	an->file->size = from->size;
	an->file->ended = from->ended;
	an->file->arg = from->arg;
	buf_add_str(&an->body, "\n");
	free(from);
}

static int
admin_api_call(struct ctx *c, const struct admin_verb *v, const char *actor,
    struct slice body, struct http_answer *an, struct why *why)
{
	struct admin_call	 call = { .ctx = c, .actor = actor };
	json_t			*in = NULL;
	int			 r;

	if ((r = json_read(body, &in, why)) != 0)
		return r;
	call.in = in;
	call.out = json_object();
	if ((r = v->fn(&call)) == 0) {
		an->status = 200;
		json_write(call.out, &an->body);
		admin_api_file(call.file, an);
	} else
		*why = call.why;
	json_free_wiped(in);
	json_free_wiped(call.out);
	return r;
}

void
admin_api_serve(struct ctx *c, const struct http_request *rq,
    struct http_answer *an)
{
	const struct admin_verb	*v = admin_api_verb(rq->path);
	struct why		 why = {""};
	char			 actor[32];
	int			 r;

	an->content_type = "application/json";
	if (!admin_api_admit(c->set, rq, actor, sizeof(actor), an))
		return;
	if (v == NULL)
		http_text(an, 404, "no such verb");
	else if (strcmp(rq->method, "POST") != 0)
		http_text(an, 405, "POST is the method here");
	else if (rq->too_large)
		http_text(an, 413, "body too large");
	else if ((r = admin_api_call(c, v, actor, rq->body, an, &why)) != 0)
		admin_api_error(an, r, &why);
}
