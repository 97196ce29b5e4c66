/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/bulk_read.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/jfield.h"
#include "certs/digest.h"
#include "tools/bulk_row.h"

#define BAD_SHOWN	20
#define BAD_KEPT	100

void
bulk_bad_add(struct bulk_bad *b, unsigned long row, const char *column,
    const char *reason)
{
	if (b == NULL)
		return;
	if (b->n++ < BAD_SHOWN)
		fprintf(stderr, "row %lu: %s%s%s\n", row, column,
		    *column != '\0' ? ": " : "", reason);
	if (b->n <= BAD_KEPT)
		json_array_append_new(b->some, json_pack("{s:I,s:s,s:s}",
		    "row", (json_int_t)row, "column", column, "reason",
		    reason));
	if (b->all != NULL)
		fprintf(b->all, "%lu,\"%s\",\"%s\"\n", row, column, reason);
}

/* Of what decides on the rows: the file, the map, the first ICCID. */
static int
file_digest(struct bulk_file *f)
{
	struct buf	 map = { 0 };
	struct digest	*d;
	char		 text[DIGEST_TEXT];
	int		 r;

	if ((r = digest_new(&d)) != 0)
		return r;
	json_write(f->map->json, &map);
	digest_add(d, buf_slice(&map));
	digest_add(d, slice_str(f->first_iccid));
	digest_add(d, f->text);
	digest_end(d, text);
	digest_free(d);
	buf_free(&map);
	return hex_get(slice_str(text), f->digest, sizeof(f->digest));
}

int
bulk_file_open(const char *path, struct bulk_map *m, const char *first_iccid,
    struct bulk_file *f, struct why *why)
{
	struct stat	 st;
	void		*p;
	int		 fd;

	memset(f, 0, sizeof(*f));
	f->map = m;
	f->first_iccid = first_iccid;
	f->bad.some = json_array();
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return why_set(why, errno == ENOENT ? DPE_NOTFOUND : DPE_IO,
		    "%s: %s", path, strerror(errno));
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) || st.st_size == 0 ||
	    st.st_size > LIM_BULK) {
		close(fd);
		return why_set(why, DPE_IO, "%s: not a file of 1 to %lld "
		    "bytes", path, (long long)LIM_BULK);
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return why_set(why, DPE_IO, "%s: %s", path, strerror(errno));
	f->text = slice_of(p, (size_t)st.st_size);
	return file_digest(f);
}

void
bulk_file_close(struct bulk_file *f)
{
	csv_end(&f->csv);
	if (f->text.len > 0)
		munmap((void *)(uintptr_t)f->text.p, f->text.len);
	if (f->item != NULL)
		mem_wipe(f->item, f->cap * sizeof(*f->item));
	free(f->item);
	json_decref(f->bad.some);
	memset(f, 0, sizeof(*f));
}

/* Nine numbers: batch, date, quantity, product, IMSIs of each row ... */
static int
tata_head(struct bulk_file *f, int64_t *quantity, struct why *why)
{
	static const char *const orders[] = { "iccid imsi ki opc",
	    "iccid imsi imsi2 ki opc" };
	struct csv	*c = &f->csv;
	long		 imsis;
	size_t		 i;
	int		 r;

	if ((r = csv_next(c, why)) != 0)
		return r == DPE_NOTFOUND ? why_set(why, r, "no header") : r;
	if (c->n != 9)
		return why_set(why, DPE_USAGE, "row %lu: the header has nine "
		    "numbers", c->row);
	for (i = 0; i < c->n; i++)
		if (c->field[i][strspn(c->field[i], "0123456789")] != '\0' ||
		    strlen(c->field[i]) > 14)
			return why_set(why, DPE_USAGE, "row %lu: %.20s: a "
			    "number is needed", c->row, c->field[i]);
	*quantity = strtoll(c->field[2], NULL, 10);
	imsis = strtol(c->field[4], NULL, 10);
	if (imsis < 1 || imsis > 2)
		return why_set(why, DPE_USAGE, "row %lu: %ld IMSIs of a "
		    "profile: templates have one or two", c->row, imsis);
	if (strtol(c->field[5], NULL, 10) != 0 && f->map->keys.len == 0)
		return why_set(why, DPE_USAGE, "row %lu: keys are encrypted "
		    "under transport key %s (--column-key '*=FILE')", c->row,
		    c->field[5]);
	return bulk_map_order(f->map, orders[imsis - 1], why);
}

static int
file_head(struct bulk_file *f, int64_t *quantity, struct why *why)
{
	int	 r;

	csv_begin(&f->csv, f->text, f->map->tata ? ' ' : f->map->separator);
	if (f->map->tata)
		return tata_head(f, quantity, why);
	if (!f->map->header)
		return bulk_map_order(f->map, "", why);
	if ((r = csv_next(&f->csv, why)) != 0)
		return r == DPE_NOTFOUND ? why_set(why, r, "no rows") : r;
	return bulk_map_head(f->map, &f->csv, why);
}

/* Which fields do rows have?  Those of the first one, whose names stay. */
static int
file_fields(struct bulk_file *f, const struct bulk_row *r, struct why *why)
{
	bool	 imsi = false;
	size_t	 i;

	f->fields = 0;
	f->field[f->fields++] = "iccid";
	f->field[f->fields++] = "imsi";
	for (i = 0; i < r->n; i++) {
		imsi |= strcmp(r->value[i].field, "imsi") == 0;
		if (strcmp(r->value[i].field, "iccid") != 0 &&
		    strcmp(r->value[i].field, "imsi") != 0 &&
		    f->fields < LIM_CSV_FIELDS)
			f->field[f->fields++] = r->value[i].field;
	}
	for (i = 0; i < f->map->cols; i++)
		if (f->map->col[i].use == BULK_OP &&
		    bulk_row_text(r, "opc") == NULL &&
		    f->fields < LIM_CSV_FIELDS)
			f->field[f->fields++] = "opc";
	if (!imsi)
		return why_set(why, DPE_USAGE, "no column is the IMSI");
	if (bulk_row_text(r, "iccid") == NULL && f->first_iccid == NULL)
		return why_set(why, DPE_USAGE, "no column is the ICCID "
		    "(--iccid FIRST numbers them)");
	return 0;
}

/* What every row needs, and what must not be there twice. */
static bool
item_fill(struct bulk_file *f, const struct bulk_row *r,
    const char *next_iccid, struct bulk_item *it)
{
	const char	*iccid = bulk_row_text(r, "iccid");
	const char	*imsi = bulk_row_text(r, "imsi");
	const char	*k = bulk_row_text(r, "k");
	bool		 fine = true;

	if (iccid == NULL)
		iccid = next_iccid;
	if (iccid_parse(iccid, it->iccid) != 0) {
		bulk_bad_add(&f->bad, it->row, "iccid", "19 or 20 digits are "
		    "needed");
		fine = false;
	} else if (f->map->luhn && !luhn_valid(it->iccid)) {
		bulk_bad_add(&f->bad, it->row, "iccid", "the check digit is "
		    "wrong");
		fine = false;
	}
	if (imsi == NULL || imsi_parse(imsi, it->imsi) != 0) {
		bulk_bad_add(&f->bad, it->row, "imsi", "6 to 15 digits are "
		    "needed");
		fine = false;
	}
	if (k == NULL)
		k = bulk_row_text(r, "k256");
	it->has_k = k != NULL && strlen(k) % 2 == 0 && *k != '\0' &&
	    strlen(k) <= 2 * BULK_K &&
	    hex_get(slice_str(k), it->k, strlen(k) / 2) == 0;
	return fine;
}

static struct bulk_item *
item_new(struct bulk_file *f)
{
	struct bulk_item	*all;
	size_t			 cap;

	if (f->n == f->cap) {
		cap = f->cap == 0 ? 1024 : 2 * f->cap;
		all = xcalloc(cap, sizeof(*all));
		if (f->n > 0)
			memcpy(all, f->item, f->n * sizeof(*all));
		if (f->item != NULL)
			mem_wipe(f->item, f->n * sizeof(*all));
		free(f->item);
		f->item = all;
		f->cap = cap;
	}
	memset(&f->item[f->n], 0, sizeof(*all));
	return &f->item[f->n];
}

static int
read_rows(struct bulk_file *f, struct bulk_row *row, struct why *why)
{
	char			 next[ICCID_TEXT] = "";
	struct bulk_item	*it;
	struct why		 bad;
	size_t			 at;
	int			 r;

	if (f->first_iccid != NULL && iccid_parse(f->first_iccid, next) != 0)
		return why_set(why, DPE_USAGE, "ICCID %.40s: 19 or 20 digits "
		    "are needed", f->first_iccid);
	for (;; f->n += f->n < LIM_GENERATE) {
		it = item_new(f);
		at = f->csv.at;
		if ((r = csv_next(&f->csv, &bad)) == DPE_NOTFOUND)
			return 0;
		if (f->n == LIM_GENERATE)
			return why_set(why, DPE_RANGE, "more than %d rows",
			    LIM_GENERATE);
		it->row = (uint32_t)f->csv.row;
		it->at = at;
		if (r != 0) {
			bulk_bad_add(&f->bad, f->csv.row, "", bad.text);
			continue;
		}
		if (!bulk_row_fill(f, row, &f->bad))
			continue;
		if (f->fields == 0 && (r = file_fields(f, row, why)) != 0)
			return r;
		(void)item_fill(f, row, next, it);
		if (next[0] != '\0' && iccid_next(next) != 0)
			return why_set(why, DPE_RANGE, "no ICCID follows %s",
			    next);
	}
}

static int
by_iccid(const void *a, const void *b)
{
	const struct bulk_item	*x = a, *y = b;
	int			 r = strcmp(x->iccid, y->iccid);

	return r != 0 ? r : x->row < y->row ? -1 : 1;
}

static int
by_imsi(const void *a, const void *b)
{
	const struct bulk_item	*x = a, *y = b;
	int			 r = strcmp(x->imsi, y->imsi);

	return r != 0 ? r : x->row < y->row ? -1 : 1;
}

static int
by_k(const void *a, const void *b)
{
	const struct bulk_item	*x = a, *y = b;
	int			 r = memcmp(x->k, y->k, BULK_K);

	return r != 0 ? r : x->row < y->row ? -1 : 1;
}

/* Of several that are the same the first one is fine. */
static void
twice(struct bulk_file *f, const char *column,
    int (*order)(const void *, const void *))
{
	char	 reason[48];
	size_t	 i;
	bool	 same;

	qsort(f->item, f->n, sizeof(*f->item), order);
	for (i = 1; i < f->n; i++) {
		if (order == by_k)
			same = f->item[i].has_k && f->item[i - 1].has_k &&
			    memcmp(f->item[i].k, f->item[i - 1].k,
			    BULK_K) == 0;
		else if (order == by_imsi)
			same = f->item[i].imsi[0] != '\0' &&
			    strcmp(f->item[i].imsi, f->item[i - 1].imsi) == 0;
		else
			same = f->item[i].iccid[0] != '\0' &&
			    strcmp(f->item[i].iccid,
			    f->item[i - 1].iccid) == 0;
		if (!same)
			continue;
		snprintf(reason, sizeof(reason), "is that of row %u, too",
		    f->item[i - 1].row);
		bulk_bad_add(&f->bad, f->item[i].row, column, reason);
	}
}

int
bulk_file_read(struct bulk_file *f, struct why *why)
{
	struct bulk_row	 row = { .n = 0 };
	int64_t		 quantity = -1;
	int		 r;

	if ((r = file_head(f, &quantity, why)) != 0)
		return r;
	r = read_rows(f, &row, why);
	bulk_row_free(&row);
	if (r != 0)
		return r;
	if (f->n == 0)
		return why_set(why, DPE_NOTFOUND, "no rows");
	if (quantity >= 0 && quantity != (int64_t)f->n)
		bulk_bad_add(&f->bad, 1, "quantity", "is not the number of "
		    "rows");
	if (f->fields == 0)
		return 0;	/* no row could be read: all are bad */
	if (bulk_map_preset(f->map, "constants", "k") == NULL)
		twice(f, "k", by_k);
	twice(f, "imsi", by_imsi);
	twice(f, "iccid", by_iccid);
	return 0;
}

json_t *
bulk_file_row(struct bulk_file *f, const struct bulk_item *it)
{
	struct bulk_row	 row = { .n = 0 };
	json_t		*a = json_array();
	const char	*text;
	size_t		 i;

	f->csv.at = it->at;
	f->csv.row = it->row - 1;
	if (csv_next(&f->csv, NULL) == 0 && bulk_row_fill(f, &row, NULL))
		for (i = 0; i < f->fields; i++) {
			text = i == 0 ? it->iccid : i == 1 ? it->imsi :
			    bulk_row_text(&row, f->field[i]);
			json_array_append_new(a, text != NULL ?
			    json_string(text) : json_null());
		}
	bulk_row_free(&row);
	return a;
}
