/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside server/saip: what an elementary file holds, in words (TS 31.102,
 * TS 31.103, TS 102 221).  Facts are members of a JSON object.
 */
#ifndef SERVER_SAIP_EF_H
#define SERVER_SAIP_EF_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

struct ef_file {
	const char	*name;		/* "EF.IMSI"; NULL: not known */
	struct slice	 data;		/* all of it, as the card has it */
	size_t		 record;	/* bytes in each; 0: transparent */
	bool		 keys;		/* secrets are to be shown */
};

/*
 * Into out: "content" where the file is understood, "hex" where it is not or
 * where that says more, "empty" where all of it is FF.  Of a file of keys
 * nothing but "secret" is told, unless keys are to be shown.
 */
void	ef_facts(const struct ef_file *f, json_t *out);

/*
 * Is what the file holds what such a file holds, or nothing?  True as well
 * where that is not known.
 */
bool		ef_understood(const struct ef_file *f);

/* Members of an object.  An empty slice has the text "". */
#define EF_HIDDEN	"********"
void	ef_set_hex(json_t *o, const char *key, struct slice s);
void	ef_set_int(json_t *o, const char *key, int64_t v);
void	ef_set_str(json_t *o, const char *key, const char *s);
void	ef_set_flag(json_t *o, const char *key, bool v);
/* UTF-8, or in hex when it is not. */
void	ef_set_text(json_t *o, const char *key, struct slice s);
/* In hex, or hidden. */
void	ef_set_secret(json_t *o, const char *key, struct slice s, bool keys);

/* What the interpreters share with each other (ef_*.c). */

/* A file, or one record of it. */
struct ef_call {
	struct slice	 s;
	json_t		*out;		/* an object */
	bool		 keys;
};
/* false: these are not the bytes of such a file. */
typedef bool	ef_fn(const struct ef_call *c);

ef_fn	ef_iccid, ef_imsi, ef_acc, ef_ad, ef_spn, ef_pnn, ef_languages,
	ef_number, ef_smsp, ef_ecc, ef_umpc, ef_uri, ef_pcscf, ef_dir,
	ef_arr, ef_ust, ef_est, ef_ist, ef_plmn_act, ef_plmns, ef_hpplmn,
	ef_spdi, ef_opl, ef_loci, ef_psloci, ef_epsloci, ef_5gs_loci,
	ef_start_hfn, ef_threshold, ef_keys, ef_kc, ef_suci, ef_routing,
	ef_uac_aic;

bool		ef_blank(struct slice s);	/* FF alone, or nothing */
/* Without the FF at its end. */
struct slice	ef_trim(struct slice s);
/* "262-01", "" for one that is none. */
void		ef_plmn(const uint8_t p[3], char out[8]);
/* BCD, nibbles swapped, up to the first F: digits, '*', '#', 'p', '?'. */
void		ef_digits(struct slice s, struct buf *out);
/* Text of TS 102 221, annex A: GSM 7 bit unpacked, or 80, 81, 82 and UCS2. */
void		ef_alpha(struct slice s, struct buf *utf8);
/* GSM 7 bit, packed; spare: unused bits at the end. */
void		ef_packed(struct slice s, unsigned spare, struct buf *utf8);
/* "PIN1", "ADM1", "PIN2" ... of a key reference of TS 102 221. */
const char	*ef_pin_name(unsigned ref);

#endif
