/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: one file from its row, its Fcp and its contents. */
#ifndef SERVER_SAIP_FS_IMAGE_H
#define SERVER_SAIP_FS_IMAGE_H

#include "asn1/pe.h"
#include "server/saip/fs_tab.h"

/* What its template says; row may be NULL. */
void	fs_default(struct fs_file *f, const struct fs_row *row);
/* What its Fcp says instead. */
void	fs_fcp(struct fs_file *f, const struct pe_fcp *fcp);
/* Room for its contents, filled as Fcp (NULL: none) or template say. */
void	fs_fill(struct fs_file *f, const struct pe_fcp *fcp);
/* Octets at *at, which goes on; what is beyond the end is a fault. */
void	fs_write(struct fs_file *f, size_t *at, struct slice octets);

#endif
