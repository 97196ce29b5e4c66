/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file for a network's subscriber database (HLR, HSS, UDM): a subscriber
 * as a row of cells, and the writers of rows.  Nothing here knows the store;
 * rows hold keys in clear and are wiped.
 */
#ifndef SERVER_HSS_HSS_H
#define SERVER_HSS_HSS_H

#include "server/saip/fs.h"
#include "server/saip/saip.h"

/* What is no field of the card, before the fields (enum saip_field). */
enum hss_own {
	HSS_ALGORITHM,		/* "milenage", "tuak", "test"; else empty */
	HSS_AMF,		/* "8000" (TS 33.102 annex H) */
	HSS_SQN,		/* 12 hex digits: the card begins at 0 */
	HSS_PLMN,		/* MCC and MNC, of the IMSI */
	HSS_TYPE,		/* of the profile, as its state and EID */
	HSS_STATE,
	HSS_EID,
	HSS_SOURCE,		/* "template", "package": where it was read */
	HSS_OWN
};
#define HSS_CELLS	(HSS_OWN + SAIP_FIELDS)
#define HSS_COLUMNS	64	/* in one file */

/* One subscriber; an empty cell is not known. */
struct hss_row {
	struct buf	 cell[HSS_CELLS];
};

/* The text of a cell, NUL-terminated; "" when it is not known. */
const char	*hss_own(struct hss_row *row, enum hss_own c);
const char	*hss_field(struct hss_row *row, enum saip_field f);
void		 hss_own_set(struct hss_row *row, enum hss_own c,
		    const char *text);
/*
 * A field by the octets of the card: numbers in their digits, codes without
 * their padding, keys in hex.  DPE_SYNTAX: not what the field should be.
 */
MUST_CHECK int	 hss_field_set(struct hss_row *row, enum saip_field f,
		    struct slice value);
/*
 * The octets of a field that stands in a file of the card, as hss_field_set()
 * takes them; they lie in fs.  DPE_NOTFOUND: another field, or no such file.
 */
MUST_CHECK int	 hss_file_value(const struct fs *fs, enum saip_field f,
		    struct slice *out);
void		 hss_field_clear(struct hss_row *row, enum saip_field f);
/*
 * After the last field: the longer keys of TUAK stand in the cells of K and
 * OPc as well, where those are empty.
 */
void		 hss_row_keys(struct hss_row *row);
void		 hss_row_clear(struct hss_row *row);	/* wipes */
void		 hss_row_free(struct hss_row *row);

struct hss_column {
	const char	*name;		/* as the head of it says */
	size_t		 cell;
};

struct hss_file {
	const struct hss_format *format;
	struct hss_column	 column[HSS_COLUMNS];	/* csv */
	size_t			 columns;
	char			*names;		/* what they point into */
	const char		*apn;		/* open5gs, free5gc */
};

struct hss_format {
	const char	*name;
	bool		 csv;		/* columns are chosen */
	/* Before the first row and after the last one; may be NULL. */
	void		(*head)(const struct hss_file *f, struct buf *out);
	/* DPE_UNSUPPORTED: cannot be said in this format; why has no ICCID. */
	int		(*row)(const struct hss_file *f, struct hss_row *row,
			    struct buf *out, struct why *why);
	void		(*tail)(const struct hss_file *f, struct buf *out);
};
extern const struct hss_format hss_csv, hss_open5gs, hss_osmo_hlr, hss_free5gc;

/* By the name of the format; columns NULL: the usual ones. DPE_USAGE. */
MUST_CHECK int	hss_file_begin(struct hss_file *f, const char *format,
		    const char *columns, const char *apn, struct why *why);
void		hss_file_end(struct hss_file *f);
/* The column of this name; DPE_NOTFOUND. */
MUST_CHECK int	hss_column_find(const char *name, size_t *cell);

/* For writers: a JSON text with its quotes; is it MILENAGE with its keys? */
void		hss_json_text(struct buf *out, const char *text);
MUST_CHECK int	hss_milenage(struct hss_row *row, const char *who,
		    struct why *why);

#endif
