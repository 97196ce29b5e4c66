/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of asn1/map.h for asn1/pe.h; for the files of this folder only. */
#ifndef ASN1_PE_TYPES_H
#define ASN1_PE_TYPES_H

#include "asn1/map.h"

extern const struct map_type	pe_map_start, pe_map_header, pe_map_file,
    pe_map_gfm, pe_map_pins, pe_map_puks, pe_map_aka, pe_map_cdma,
    pe_map_domain, pe_map_rfm, pe_map_application, pe_map_other, pe_map_end,
    pe_map_bytes;

/* Rows: T is asn1c's structure, O ours. */
#define PE_ROW(as, opt, pick, T, m, O, o, type)			\
	{ as, opt, pick, offsetof(struct T, m), offsetof(struct O, o), type }
#define PE_BYTES(T, m, O, o)	PE_ROW(MAP_BYTES, false, 0, T, m, O, o, NULL)
#define PE_BYTES_OPT(T, m, O, o) PE_ROW(MAP_BYTES, true, 0, T, m, O, o, NULL)
#define PE_INT(T, m, O, o)	PE_ROW(MAP_INT, false, 0, T, m, O, o, NULL)
#define PE_INT_OPT(T, m, O, o)	PE_ROW(MAP_INT, true, 0, T, m, O, o, NULL)
#define PE_PART(T, m, O, o, t)	PE_ROW(MAP_PART, false, 0, T, m, O, o, t)
#define PE_PART_OPT(T, m, O, o, t) PE_ROW(MAP_PART, true, 0, T, m, O, o, t)
#define PE_OF(T, m, O, o, t)	PE_ROW(MAP_LIST, false, 0, T, m, O, o, t)
#define PE_OF_OPT(T, m, O, o, t) PE_ROW(MAP_LIST, true, 0, T, m, O, o, t)

#define PE_TYPE(T, O, rows)						\
	{ sizeof(struct T), sizeof(struct O), false, rows, NELEM(rows) }
#define PE_CHOICE(T, O, rows)						\
	{ sizeof(struct T), sizeof(struct O), true, rows, NELEM(rows) }

#endif
