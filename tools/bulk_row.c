/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/bulk_row.h"

#include <string.h>

#include "base/hex.h"
#include "certs/milenage.h"

const char *
bulk_row_text(const struct bulk_row *r, const char *field)
{
	size_t	 i;

	for (i = 0; i < r->n; i++)
		if (strcmp(r->value[i].field, field) == 0)
			return r->value[i].text;
	return NULL;
}

void
bulk_row_free(struct bulk_row *r)
{
	buf_free(&r->bytes);
	r->n = 0;
}

static void
row_put(struct bulk_row *r, const char *field, const char *text)
{
	if (r->n < NELEM(r->value))
		r->value[r->n++] = (struct bulk_value){ field, text };
}

/* As text that stays; the room for it was made before. */
static const char *
row_keep(struct bulk_row *r, struct slice hex)
{
	size_t	 at = r->bytes.len;

	hex_add(&r->bytes, hex);
	buf_add_u8(&r->bytes, '\0');
	return (const char *)r->bytes.p + at;
}

/* An encrypted column holds hex, and so does what comes out. */
static bool
row_open(struct bulk_file *f, const struct bulk_col *c, const char **text,
    struct bulk_row *r, struct bulk_bad *b)
{
	struct buf	 in = { 0 }, out = { 0 };
	bool		 fine;

	fine = hex_decode(slice_str(*text), &in) == 0 && in.len > 0 &&
	    aes_cbc_open(buf_slice(&c->key), f->map->iv, buf_slice(&in),
	    &out) == 0;
	if (fine)
		*text = row_keep(r, buf_slice(&out));
	else
		bulk_bad_add(b, f->csv.row, c->head, "encrypted: hex digits "
		    "of whole blocks of 16 octets are needed");
	buf_free(&in);
	buf_free(&out);
	return fine;
}

/* OPc, which is what a profile has, of OP. */
static bool
row_op(struct bulk_file *f, const char *op, struct bulk_row *r,
    struct bulk_bad *b)
{
	const char	*k = bulk_row_text(r, "k");
	uint8_t		 bin[3][16];
	bool		 fine;

	fine = k != NULL && hex_get(slice_str(k), bin[0], 16) == 0 &&
	    hex_get(slice_str(op), bin[1], 16) == 0 &&
	    milenage_opc(bin[0], bin[1], bin[2]) == 0;
	if (!fine)
		bulk_bad_add(b, f->csv.row, "op", "OP and K of 32 hex digits "
		    "each are needed");
	else if (bulk_row_text(r, "opc") != NULL) {
		bulk_bad_add(b, f->csv.row, "op", "OP and OPc are both there");
		fine = false;
	} else
		row_put(r, "opc", row_keep(r, slice_of(bin[2], 16)));
	mem_wipe(bin, sizeof(bin));
	return fine;
}

/* MCC and MNC in columns of their own have to be those of the IMSI. */
static bool
row_network(struct bulk_file *f, const char *mcc, const char *mnc,
    const struct bulk_row *r, struct bulk_bad *b)
{
	const char	*imsi = bulk_row_text(r, "imsi");
	size_t		 n = strlen(mcc);

	if (imsi == NULL || (strncmp(imsi, mcc, n) == 0 &&
	    (*mnc == '\0' || strncmp(imsi + n, mnc, strlen(mnc)) == 0)))
		return true;
	bulk_bad_add(b, f->csv.row, "imsi", "is of another MCC or MNC than "
	    "the row says");
	return false;
}

/* Constants stand over what is in the file, defaults stand in for it. */
static void
row_presets(struct bulk_file *f, struct bulk_row *r)
{
	static const char *const kinds[] = { "constants", "defaults" };
	const char	*field;
	json_t		*v, *all;
	size_t		 i, k;

	for (k = 0; k < NELEM(kinds); k++) {
		all = json_object_get(f->map->json, kinds[k]);
		json_object_foreach(all, field, v) {
			for (i = 0; i < r->n && strcmp(r->value[i].field,
			    field) != 0; i++)
				;
			if (i == r->n)
				row_put(r, field, json_string_value(v));
			else if (k == 0 || *r->value[i].text == '\0')
				r->value[i].text = json_string_value(v);
		}
	}
}

struct odd {
	const char	*op, *mcc, *mnc;	/* columns that are no fields */
};

static bool
row_column(struct bulk_file *f, size_t i, struct bulk_row *r, struct odd *o,
    struct bulk_bad *b)
{
	const struct bulk_col	*c = &f->map->col[i];
	const char		*text = f->csv.field[i];

	if (c->key.len > 0 && *text != '\0' &&
	    !row_open(f, c, &text, r, b))
		return false;
	switch (c->use) {
	case BULK_FIELD:
		row_put(r, c->field, text);
		break;
	case BULK_OP:
		o->op = text;
		break;
	case BULK_MCC:
		o->mcc = text;
		break;
	case BULK_MNC:
		o->mnc = text;
		break;
	case BULK_SAME:
	case BULK_SKIP:
		break;
	}
	return true;
}

bool
bulk_row_fill(struct bulk_file *f, struct bulk_row *r, struct bulk_bad *b)
{
	struct odd	 o = { "", "", "" };
	bool		 fine = true;
	size_t		 i;

	r->n = 0;
	buf_cut(&r->bytes, 0);
	buf_reserve(&r->bytes, 2 * LIM_CSV_ROW);
	if (f->csv.n != f->map->cols) {
		bulk_bad_add(b, f->csv.row, "", f->csv.n < f->map->cols ?
		    "less fields than columns" : "more fields than columns");
		return false;
	}
	for (i = 0; i < f->csv.n; i++)
		fine &= row_column(f, i, r, &o, b);
	row_presets(f, r);
	if (fine && *o.op != '\0')
		fine = row_op(f, o.op, r, b);
	if (fine && *o.mcc != '\0')
		fine = row_network(f, o.mcc, o.mnc, r, b);
	return fine;
}
