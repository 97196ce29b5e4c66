/* SPDX-License-Identifier: Apache-2.0 */
/* CUnit, driven case by case and reported as TAP (one line a case). */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <CUnit/CUnit.h>

#include "base/buf.h"

struct unit_case {
	const char	*name;
	void		(*fn)(void);
};

#define UNIT_CASE(fn)	{ #fn, fn }

/* From inside a case: it counts as skipped, for this reason (one line). */
void	unit_skip(const char *reason);

/* Run them; the exit status of main(). */
int	unit_main(const char *suite, const struct unit_case *cases, size_t n);

/* Hex text to bytes; aborts on bad text.  For golden bytes. */
void	unit_hex(const char *text, struct buf *out);
/*
 * tests/vec/FILE: lines `name hex`, `#` comments; a long value may go on in
 * lines that begin with a blank.  The bytes called name; aborts if absent.
 */
void	unit_vec(const char *file, const char *name, struct buf *out);
/* The same, false if there is no such name. */
bool	unit_vec_has(const char *file, const char *name, struct buf *out);

/*
 * The folder of that name with test data of others: in $SMDP_TESTDATA, else in
 * ../shared/testdata; false, and the case is skipped, when there is none.
 */
bool	unit_testdata(const char *folder, struct buf *dir);

/* fn for every value of the file, in its order. */
void	unit_vec_each(const char *file,
	    void (*fn)(void *arg, const char *name, struct slice bytes),
	    void *arg);

/* CU_ASSERT that two byte strings are equal, showing both if not. */
void	unit_same(const char *what, struct slice got, struct slice want);

#endif
