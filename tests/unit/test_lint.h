/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of unit_lint share. */
#ifndef TESTS_UNIT_TEST_LINT_H
#define TESTS_UNIT_TEST_LINT_H

#include "tests/unit/unit.h"

/* A whole package from the consumer template, and its map. */
void	lint_package(struct buf *upp, struct buf *map);

void	fs_of_a_template(void);
void	fs_images(void);
void	fs_of_others(void);

#endif
