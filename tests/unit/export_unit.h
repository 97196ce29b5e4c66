/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of `export hss' share: a stock, a reader, an answer. */
#ifndef TESTS_UNIT_EXPORT_UNIT_H
#define TESTS_UNIT_EXPORT_UNIT_H

#include "tests/unit/admin_unit.h"
#include "tests/unit/cms_reader.h"

#define FIRST	"8944000000000000001"
#define SECOND	"8944000000000000019"
#define THIRD	"8944000000000000027"

/* One export; with 0 its answer, and its octets. */
struct got {
	int		 r;
	json_t		*out;
	struct why	 why;
	struct buf	 octets;
};

/* A type, and three profiles of it; drv NULL: a plain store. */
struct bench	*export_stock(bool lab, const struct driver *drv);
/* For the reader of all files here, if members name none. */
void		 export_ask(struct bench *b, const char *members, bool whole,
		    struct got *g);
void		 export_got_free(struct got *g);
void		 export_open(struct got *g, struct buf *plain);
void		 export_reader_free(void);
/* Lines of an encrypted csv that has only ICCIDs; the first one. */
size_t		 export_lines(struct bench *b, const char *members,
		    const char *first);

#endif
