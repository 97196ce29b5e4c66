/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of unit_lint share. */
#ifndef TESTS_UNIT_TEST_LINT_H
#define TESTS_UNIT_TEST_LINT_H

#include "tests/unit/unit.h"

/* A whole package from the consumer template, and its map. */
void	lint_package(struct buf *upp, struct buf *map);
/* The same of another built-in template. */
void	lint_package_of(const char *template, struct buf *upp,
	    struct buf *map);

/* Change it as tests/unit/lint_edit.c says. */
void	lint_edit(struct buf *upp, const char *edits);

void	lint_of_a_pattern(void);
void	lint_of_a_template(void);
void	lint_each_rule(void);
void	lint_rules_kept(void);
void	lint_page(void);
void	lint_says_where(void);
void	lint_of_others(void);
void	lint_broken_bytes(void);
void	fs_of_a_template(void);
void	fs_images(void);
void	fs_of_others(void);

#endif
