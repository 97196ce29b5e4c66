/* SPDX-License-Identifier: Apache-2.0 */
/* The files that a package makes, each below the element that makes it. */
#include "server/saip/fs.h"
#include "server/saip/show_int.h"

/* What a card will not make as it was said. */
static const struct { unsigned fault; const char *words; } faults[] = {
	{ FS_OVER, "contents go beyond its end" },
	{ FS_DESCRIPTOR, "a descriptor of no known form" },
	{ FS_UNSIZED, "no size" },
	{ FS_UNPLACED, "no identifier, or no directory" },
	{ FS_FIDS, "another file there has its identifier" },
	{ FS_EMPTY, "its template asks for contents" },
	{ FS_RECORDS, "its size is no number of records" }
};

static bool
is_directory(const struct fs_file *f)
{
	return f->kind == FS_MF || f->kind == FS_DF || f->kind == FS_ADF;
}

static void
set_rule(const struct fs_file *f, json_t *o)
{
	struct buf	 b = {0};

	if (f->rule == 0)
		return;
	if (f->rule_file != 0)
		buf_addf(&b, "%04X/", f->rule_file);
	buf_addf(&b, "%u", f->rule);
	ef_set_text(o, "rule", buf_slice(&b));
	buf_free(&b);
}

static void
set_sizes(const struct fs_file *f, json_t *o)
{
	ef_set_int(o, "size", (int64_t)f->size);
	if (f->record > 0) {
		ef_set_int(o, "records", f->records);
		ef_set_int(o, "record_bytes", (int64_t)f->record);
	}
	if (f->sfi > 0)
		ef_set_int(o, "sfi", f->sfi);
}

static void
set_faults(const struct fs_file *f, json_t *o)
{
	unsigned	 mask = f->faults;
	json_t		*list;
	size_t		 i;

	if (mask == 0)
		return;
	list = json_array();
	for (i = 0; i < NELEM(faults); i++)
		if ((mask & faults[i].fault) != 0)
			json_array_append_new(list,
			    json_string(faults[i].words));
	json_object_set_new(o, "faults", list);
}

static void
set_contents(const struct fs_file *f, bool keys, json_t *o)
{
	struct ef_file	 ef = { f->name[0] != '\0' ? f->name : NULL,
	    buf_slice(&f->image), f->record, keys };

	if (f->given == 0)	/* its pattern, that of the template or FF */
		ef_set_flag(o, "written", false);
	ef_facts(&ef, o);
}

static json_t *
file(const struct fs_file *f, bool keys)
{
	json_t	*o = json_object();

	ef_set_str(o, "path", f->path);
	ef_set_str(o, "name", f->name);
	ef_set_str(o, "kind", fs_kind_name(f->kind));
	if (!is_directory(f))
		set_sizes(f, o);
	set_rule(f, o);
	if (f->aid.len > 0)
		ef_set_hex(o, "aid", buf_slice(&f->aid));
	set_faults(f, o);
	if (!f->made)
		ef_set_flag(o, "made", false);
	else if (f->linked)
		ef_set_flag(o, "linked", true);
	else if (!is_directory(f))
		set_contents(f, keys, o);
	return o;
}

/* Into the "files" of its element; there is one for each that makes any. */
static void
add_file(json_t *elements, const struct fs_file *f, bool keys)
{
	json_t	*o = json_array_get(elements, f->pe), *list;

	if (o == NULL)
		return;
	if ((list = json_object_get(o, "files")) == NULL) {
		list = json_array();
		json_object_set_new(o, "files", list);
	}
	json_array_append_new(list, file(f, keys));
	if (f->member != 0)	/* it has found its place */
		json_object_del(o, "unplaced");
}

/* A file whose template is not known: what it is cannot be judged. */
static json_t *
unplaced(const struct pe_file *f, bool keys)
{
	const struct pe_item *it;
	struct buf	 b = {0};
	json_t		*o = json_object();
	size_t		 i;

	buf_addf(&b, "%02X", (unsigned)f->tag);
	ef_set_text(o, "tag", buf_slice(&b));
	buf_cut(&b, 0);
	for (i = 0; i < f->items.n; i++) {
		it = &f->items.v[i];
		if (it->kind == PE_FCP)
			show_opt_hex(o, "fid", it->fcp.fid);
		else if (it->kind == PE_CONTENT)
			buf_add_slice(&b, it->octets);
	}
	ef_set_int(o, "bytes", (int64_t)b.len);
	if (b.len > 0)
		ef_set_secret(o, "data", buf_slice(&b), keys);
	buf_free(&b);
	return o;
}

void
show_unplaced(const struct pe_files *p, bool keys, json_t *o)
{
	json_t	*list = json_array();
	size_t	 i;

	for (i = 0; i < p->files.n; i++)
		json_array_append_new(list, unplaced(&p->files.v[i], keys));
	json_object_set_new(o, "unplaced", list);
}

/* A file that one list of commands is busy with. */
struct at {
	struct slice	 path;
	size_t		 bytes;		/* written to one that is there */
	bool		 created;
};

static void
writes_add(json_t *list, const struct at *at)
{
	json_t	*o;

	if (at->bytes == 0)
		return;
	o = json_object();
	ef_set_hex(o, "path", at->path);
	ef_set_int(o, "bytes", (int64_t)at->bytes);
	json_array_append_new(list, o);
}

static void
writes_of(const struct pe_gfm_list *l, json_t *list)
{
	struct at	 at = { { NULL, 0 }, 0, false };
	const struct pe_item *it;
	size_t		 i;

	for (i = 0; i < l->items.n; i++) {
		it = &l->items.v[i];
		if (it->kind == PE_GFM_PATH) {
			writes_add(list, &at);
			at = (struct at){ it->octets, 0, false };
		} else if (it->kind == PE_GFM_CREATE) {
			writes_add(list, &at);
			at.bytes = 0;
			at.created = true;
		} else if (it->kind == PE_GFM_CONTENT && !at.created)
			at.bytes += it->octets.len;
	}
	writes_add(list, &at);
}

/* What is written to files that other elements make. */
void
show_gfm(const struct pe_gfm *g, json_t *o)
{
	json_t	*list = json_array();
	size_t	 i;

	for (i = 0; i < g->lists.n; i++)
		writes_of(&g->lists.v[i], list);
	if (json_array_size(list) > 0)
		json_object_set(o, "writes_to", list);
	json_decref(list);
}

int
show_files(struct slice upp, bool keys, json_t *elements, struct why *why)
{
	struct fs	 fs;
	size_t		 i;
	int		 r;

	if ((r = fs_read(upp, &fs, why)) == 0)
		for (i = 0; i < fs.n; i++)
			add_file(elements, &fs.file[i], keys);
	fs_free(&fs);
	return r;
}
