/* SPDX-License-Identifier: Apache-2.0 */
/* The cases of base/, one file a module; the list is here and nowhere else. */
#ifndef TESTS_UNIT_TEST_BASE_H
#define TESTS_UNIT_TEST_BASE_H

#include "tests/unit/unit.h"

#define BASE_CASES(X)						\
	/* test_buf.c */					\
	X(slices_borrow_and_compare)				\
	X(slices_compare_in_constant_time)			\
	X(buf_grows_and_keeps)					\
	X(buf_appends_in_every_way)				\
	X(buf_reserve_does_not_move)				\
	X(buf_cut_wipes_the_rest)				\
	X(memory_helpers)					\
	X(reasons_are_bounded)					\
	X(errors_have_words)					\
	/* test_text.c */					\
	X(hex_round_trip)					\
	X(hex_every_byte)					\
	X(hex_refuses)						\
	X(base64_known_answers)					\
	X(base64_every_length)					\
	X(base64_refuses)					\
	/* test_der.c */					\
	X(der_refuses_malformed)				\
	X(der_refuses_cut)					\
	X(der_walks)						\
	X(der_finds)						\
	X(der_lengths)						\
	X(der_wraps)						\
	X(der_integers)						\
	X(der_integers_refused)					\
	/* test_ident.c */					\
	X(eid_good)						\
	X(eid_bad)						\
	X(luhn)							\
	X(iccid_forms)						\
	X(iccid_bad)						\
	X(iccid_counts)						\
	X(imsi_forms)						\
	X(plmn_forms)						\
	X(matching_ids)						\
	/* test_actcode.c */					\
	X(actcode_good)						\
	X(actcode_bad)						\
	X(actcode_lengths)					\
	/* test_csv.c */					\
	X(csv_rows)						\
	X(csv_quotes)						\
	X(csv_bounds)						\
	/* test_conf.c */					\
	X(conf_presets_hold)					\
	X(conf_every_kind)					\
	X(conf_prints)						\
	X(conf_errors)						\
	X(conf_hostile_text)					\
	X(conf_times)						\
	/* test_jfield.c */					\
	X(jfield_every_kind)					\
	X(jfield_refuses)					\
	X(jfield_strict_or_not)					\
	X(json_texts)						\
	X(json_depth)						\
	X(json_wiped)						\
	/* test_file.c */					\
	X(file_round_trip)					\
	X(file_bounds)						\
	X(file_faults)						\
	X(file_exclusive)					\
	X(file_write_leaves_nothing)				\
	X(file_directories)					\
	X(file_each_in_order)					\
	X(file_standard_input)					\
	/* test_seam.c */					\
	X(clock_can_be_held)					\
	X(chance_can_be_held)					\
	X(chance_is_fair)					\
	X(chance_of_the_system)					\
	X(log_writes_lines)					\
	X(log_bounds_a_line)					\
	X(log_levels)

#define BASE_DECLARE(fn)	void	fn(void);
BASE_CASES(BASE_DECLARE)

#endif
