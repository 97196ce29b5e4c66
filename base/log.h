/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log: one line an event, `level event key=value ...`, on standard error.
 * Never a key, K, OPc, PIN or code; an EID or ICCID only by its last digits.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Which process speaks ("parent", "worker", "signer"), up to which level. */
void	log_init(const char *who, enum log_level max);
/* "error" "warn" "info" "debug"; DPE_USAGE for another word. */
MUST_CHECK int	log_level_parse(const char *word, enum log_level *out);
void	log_error(const char *fmt, ...) PRINTF(1, 2);
void	log_warn(const char *fmt, ...) PRINTF(1, 2);
void	log_info(const char *fmt, ...) PRINTF(1, 2);
void	log_debug(const char *fmt, ...) PRINTF(1, 2);
/* A line without level: `ready ...`, for those who wait for it. */
void	log_plain(const char *fmt, ...) PRINTF(1, 2);

#endif
