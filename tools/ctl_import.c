/* SPDX-License-Identifier: Apache-2.0 */
/* profile import --csv: a file of subscriptions as one batch, or not at all. */
#include "tools/ctl_import.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/hex.h"
#include "tools/bulk_read.h"
#include "tools/ctl_batch.h"
#include "tools/ctl_call.h"
#include "tools/ctl_print.h"
#include "tools/ctl_progress.h"

#define ROWS	500	/* in the first call */

struct import {
	struct ctl		*c;
	struct ctl_args		*a;
	struct bulk_map		 map;
	struct bulk_file	 file;
	json_t			*fields;
	int64_t			 batch;		/* 0: rows are only checked */
	size_t			 done;
	bool			 checked;	/* the daemon takes no more */
};

static int64_t
member(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

/* The daemon's rows are those of its call, or of the whole batch. */
static void
bad_take(struct import *m, const json_t *out, size_t from)
{
	const json_t	*list = json_object_get(out, "bad"), *v;
	int64_t		 all = member(out, "bad_count"), row;
	size_t		 i;

	json_array_foreach(list, i, v) {
		row = member(v, "row") + (int64_t)from;
		if (row < 0 || (size_t)row >= m->file.n)
			continue;
		bulk_bad_add(&m->file.bad, m->file.item[row].row,
		    json_string_value(json_object_get(v, "field")),
		    json_string_value(json_object_get(v, "reason")));
	}
	m->file.bad.n += all - (int64_t)json_array_size(list);
}

static json_t *
rows_json(struct import *m, size_t n)
{
	json_t	*in = json_object(), *rows = json_array();
	size_t	 i;

	for (i = 0; i < n; i++)
		json_array_append_new(rows, bulk_file_row(&m->file,
		    &m->file.item[m->done + i]));
	json_object_set_new(in, "rows", rows);
	json_object_set(in, "fields", m->fields);
	if (m->batch != 0 && !m->checked) {
		json_object_set_new(in, "batch", json_integer(m->batch));
		json_object_set_new(in, "at", json_integer((json_int_t)
		    m->done));
	} else {
		json_object_set(in, "type", json_object_get(m->a->in,
		    "type"));
		json_object_set(in, "template", json_object_get(m->a->in,
		    "template"));
	}
	return in;
}

/*
 * Some rows after the others.  From the first bad one on nothing is taken any
 * more, but the rest is still looked at.
 */
static int
rows_send(struct import *m)
{
	struct ctl_progress	 p;
	size_t			 n, room = ROWS;
	json_t			*in, *out;
	int			 r = CTL_DONE;

	ctl_progress_begin(&p, m->batch != 0 ? "profiles" : "rows checked",
	    (int64_t)m->done, (int64_t)m->file.n);
	while (m->done < m->file.n && r == CTL_DONE) {
		n = m->file.n - m->done < room ? m->file.n - m->done : room;
		in = rows_json(m, n);
		r = ctl_call_say(m->c, "batch", m->batch != 0 && !m->checked ?
		    "rows" : "check", in, &out);
		json_decref(in);
		if (r != CTL_DONE)
			break;
		bad_take(m, out, m->done);
		m->checked |= member(out, "bad_count") > 0;
		m->done += n;
		if (member(out, "room") > 0)
			room = (size_t)member(out, "room");
		json_decref(out);
		ctl_progress(&p, (int64_t)m->done);
	}
	ctl_progress_end(&p);
	return r;
}

static int
import_bad(struct import *m)
{
	json_t	*out;

	if (m->c->json) {
		out = json_pack("{s:I,s:O}", "bad_count",
		    (json_int_t)m->file.bad.n, "bad", m->file.bad.some);
		ctl_print_json(out);
		json_decref(out);
	}
	return ctl_say(CTL_FAILED, "%" PRId64 " things are wrong: nothing was "
	    "taken%s", m->file.bad.n, m->file.bad.n > 20 &&
	    m->file.bad.all == NULL ? " (--errors FILE has them all)" : "");
}

/* What is wrong was told; what was written goes again. */
static int
import_undo(struct import *m)
{
	json_t	*out;

	if (m->batch != 0 && ctl_batch_abort(m->c, m->batch,
	    &out) == CTL_DONE)
		json_decref(out);
	return import_bad(m);
}

static int
import_start(struct import *m)
{
	char	 digest[2 * sizeof(m->file.digest) + 1];
	json_t	*in = m->a->in, *out;
	int	 r;

	hex_put(digest, slice_of(m->file.digest, sizeof(m->file.digest)));
	json_object_set_new(in, "kind", json_string("csv"));
	json_object_set_new(in, "total", json_integer((json_int_t)m->file.n));
	json_object_set_new(in, "digest", json_string(digest));
	if ((r = ctl_call_say(m->c, "batch", "start", in, &out)) != CTL_DONE)
		return r;
	m->batch = member(out, "batch");
	json_decref(out);
	return CTL_DONE;
}

/* The same rows in the same order, or it would be another batch. */
static int
import_resume(struct import *m, const char *text)
{
	char		 digest[2 * sizeof(m->file.digest) + 1];
	const char	*was;
	json_t		*out;
	int		 r;

	if ((r = ctl_batch_id(text, &m->batch)) != CTL_DONE ||
	    (r = ctl_batch_call(m->c, "show", m->batch, &out)) != CTL_DONE)
		return r;
	hex_put(digest, slice_of(m->file.digest, sizeof(m->file.digest)));
	was = json_string_value(json_object_get(out, "digest"));
	if (was == NULL || strcmp(was, digest) != 0)
		r = ctl_say(CTL_FAILED, "batch %s: is of another file, or "
		    "another map", text);
	m->done = (size_t)member(out, "done");
	json_object_set(m->a->in, "type", json_object_get(out, "type"));
	json_decref(out);
	return r;
}

static int
import_load(struct import *m, const char *resume)
{
	json_t	*out = NULL;
	int	 r;

	if ((r = resume != NULL ? import_resume(m, resume) :
	    import_start(m)) != CTL_DONE)
		return r;
	if ((r = rows_send(m)) == CTL_DONE && m->file.bad.n == 0)
		r = ctl_batch_finish(m->c, m->batch, &out);
	if (r != CTL_DONE) {
		ctl_batch_hint("profile import --csv FILE", m->batch);
		return r;
	}
	if (out != NULL)
		bad_take(m, out, 0);
	if (m->file.bad.n > 0)
		r = import_undo(m);
	else
		ctl_batch_print(m->c, out);
	json_decref(out);
	return r;
}

static int
import_check(struct import *m)
{
	int	 r;

	if ((r = rows_send(m)) != CTL_DONE)
		return r;
	if (m->file.bad.n > 0)
		return import_bad(m);
	if (m->c->json)
		printf("{\"bad_count\":0,\"rows\":%zu}\n", m->file.n);
	else
		printf("%zu rows: nothing is wrong; nothing was taken\n",
		    m->file.n);
	return CTL_DONE;
}

/* Read all of it before anything is sent: most that is wrong is found here. */
static int
import_run(struct import *m)
{
	const char	*resume = ctl_text(m->a, "resume");
	struct why	 why;
	size_t		 i;
	int		 r;

	if ((r = bulk_file_read(&m->file, &why)) != 0)
		return ctl_say(CTL_FAILED, "%s: %s", ctl_text(m->a, "csv"),
		    why.text);
	m->fields = json_array();
	for (i = 0; i < m->file.fields; i++)
		json_array_append_new(m->fields,
		    json_string(m->file.field[i]));
	if (m->file.bad.n > 0)
		return import_bad(m);
	return ctl_flag(m->a, "dry_run") ? import_check(m) :
	    import_load(m, resume);
}

static int
import_errors(struct import *m, const char *path)
{
	if (path == NULL)
		return CTL_DONE;
	if ((m->file.bad.all = fopen(path, "w")) == NULL)
		return ctl_say(CTL_FAILED, "%s: %s", path, strerror(errno));
	fputs("row,column,reason\n", m->file.bad.all);
	return CTL_DONE;
}

int
ctl_import_csv(struct ctl *c, struct ctl_args *a)
{
	struct import	 m;
	struct why	 why;
	int		 r;

	memset(&m, 0, sizeof(m));
	m.c = c;
	m.a = a;
	if (json_object_get(a->in, "type") == NULL &&
	    ctl_text(a, "resume") == NULL)
		return ctl_say(CTL_USAGE, "profile import: --type is missing");
	if ((r = bulk_map_open(ctl_text(a, "map"), ctl_text(a, "column_key"),
	    &m.map, &why)) != 0 || (r = bulk_file_open(ctl_text(a, "csv"),
	    &m.map, ctl_text(a, "iccid"), &m.file, &why)) != 0)
		r = ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : r ==
		    DPE_USAGE ? CTL_USAGE : CTL_FAILED, "%s", why.text);
	else if ((r = import_errors(&m, ctl_text(a, "errors"))) == CTL_DONE)
		r = import_run(&m);
	if (m.file.bad.all != NULL && fclose(m.file.bad.all) != 0)
		r = ctl_say(CTL_FAILED, "--errors: cannot be written");
	json_decref(m.fields);
	bulk_file_close(&m.file);
	bulk_map_close(&m.map);
	return r;
}
