/* SPDX-License-Identifier: Apache-2.0 */
/* What the files server/saip/show*.c share. */
#ifndef SERVER_SAIP_SHOW_INT_H
#define SERVER_SAIP_SHOW_INT_H

#include "asn1/pe.h"
#include "server/saip/ef.h"
#include "server/saip/show.h"

/* The members of an element of each kind, into its object. */
void	show_header(const struct pe_header *h, bool keys, json_t *o);
void	show_pins(const struct pe_pins *p, bool keys, json_t *o);
void	show_puks(const struct pe_puks *p, bool keys, json_t *o);
void	show_aka(const struct pe_aka *a, bool keys, json_t *o);
void	show_cdma(const struct pe_cdma *c, bool keys, json_t *o);
void	show_domain(const struct pe_domain *d, bool keys, json_t *o);
void	show_rfm(const struct pe_rfm *r, json_t *o);
void	show_application(const struct pe_application *a, bool keys,
	    json_t *o);
void	show_gfm(const struct pe_gfm *g, json_t *o);
void	show_other(const struct pe_other *p, bool keys, json_t *o);
/* "unplaced": the members of an element that makes no files we know. */
void	show_unplaced(const struct pe_files *p, bool keys, json_t *o);
/*
 * "files" into those elements that make some, in the place of "unplaced";
 * elements are all those of upp.
 * DPE_SYNTAX, DPE_RANGE, and why.
 */
MUST_CHECK int	show_files(struct slice upp, bool keys, json_t *elements,
		    struct why *why);
/* {"oid": "2.23.143.1.2.4", "name": "usim"} of a file template. */
json_t	*show_template(struct slice oid);

/* Set those members that are there. */
void	show_opt_hex(json_t *o, const char *key, struct slice s);
void	show_opt_secret(json_t *o, const char *key, struct slice s,
	    bool keys);
void	show_opt_int(json_t *o, const char *key, long v);

#endif
