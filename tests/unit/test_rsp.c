/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_rsp.h"

#include <stdio.h>

#include "server/rsp/refusal.h"
#include "tests/unit/unit.h"

/* No code is ours alone: each stands in the tables of SGP.22 or SGP.02. */
void
status_codes_are_the_standards(void)
{
	const struct refusal	*f;
	struct buf		 none = {0};
	char			 code[32];
	int			 i;

	for (i = REFUSE_NONE + 1; i < REFUSE_COUNT; i++) {
		f = refusal_of(i);
		snprintf(code, sizeof(code), "%s/%s", f->subject, f->reason);
		if (!unit_vec_has("status_codes.txt", code, &none))
			printf("# %s: %s\n", f->name, code);
		CU_ASSERT_TRUE(unit_vec_has("status_codes.txt", code, &none));
	}
	CU_ASSERT_FALSE(unit_vec_has("status_codes.txt", "8.1.4/6.1", &none));
	buf_free(&none);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(initiate_answers_the_vector),
		UNIT_CASE(initiate_refuses),
		UNIT_CASE(authenticate_cases),
		UNIT_CASE(authenticate_orders),
		UNIT_CASE(authenticate_again),
		UNIT_CASE(authenticate_attempts_run_out),
		UNIT_CASE(authenticate_error_closes),
		UNIT_CASE(get_bpp_binds),
		UNIT_CASE(get_bpp_again),
		UNIT_CASE(get_bpp_refuses),
		UNIT_CASE(get_bpp_confirmation_code),
		UNIT_CASE(bpp_vectors),
		UNIT_CASE(hash_cc_vectors),
		UNIT_CASE(result_success),
		UNIT_CASE(result_errors),
		UNIT_CASE(result_forged),
		UNIT_CASE(card_events),
		UNIT_CASE(cancel_reasons),
		UNIT_CASE(cancel_policies),
		UNIT_CASE(cancel_refuses),
		UNIT_CASE(faults_at_every_call),
		UNIT_CASE(recorded_session),
		UNIT_CASE(status_codes_are_the_standards),
		UNIT_CASE(result_superseded),
		UNIT_CASE(result_odd),
		UNIT_CASE(card_event_overtaken),
		UNIT_CASE(race_confirmation_codes),
		UNIT_CASE(race_ineligible),
		UNIT_CASE(race_cancel),
		UNIT_CASE(ticket_says_what_was_agreed),
		UNIT_CASE(ticket_of_nobody),
		UNIT_CASE(race_one_time_keys),
		UNIT_CASE(refusals_fit_their_members),
		UNIT_CASE(about_takes_printable_text),
		UNIT_CASE(initiate_says_about_what),
		UNIT_CASE(initiate_versions),
		UNIT_CASE(authenticate_says_about_what),
		UNIT_CASE(result_words),
		UNIT_CASE(result_is_told),
		UNIT_CASE(result_exists),
		UNIT_CASE(result_may_be_tried_again),
		UNIT_CASE(block_key_ids),
		UNIT_CASE(block_eids),
		UNIT_CASE(block_firmwares),
		UNIT_CASE(block_notifications),
		UNIT_CASE(rebind_is_counted),
		UNIT_CASE(rebind_refused),
		UNIT_CASE(rebind_of_none),
		UNIT_CASE(reinstall_after_delete),
		UNIT_CASE(reinstall_old_result),
		UNIT_CASE(installed_by_event),
		UNIT_CASE(reinstall_of_none),
		UNIT_CASE(reinstall_out_of_order),
		UNIT_CASE(reinstall_excluded),
		UNIT_CASE(reinstall_binds),
		UNIT_CASE(eligible_versions),
		UNIT_CASE(eligible_services),
		UNIT_CASE(eligible_memory),
		UNIT_CASE(eligible_types),
		UNIT_CASE(eligible_before_spending),
		UNIT_CASE(metadata_of_nothing),
		UNIT_CASE(metadata_of_everything),
		UNIT_CASE(variant_by_card),
		UNIT_CASE(variant_is_bound),
		UNIT_CASE(variant_lacks_values),
	};

	return unit_main("rsp", cases, NELEM(cases));
}
