/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_rsp.h"

#include "tests/unit/unit.h"

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(initiate_answers_the_vector),
		UNIT_CASE(initiate_refuses),
		UNIT_CASE(authenticate_cases),
		UNIT_CASE(authenticate_orders),
		UNIT_CASE(authenticate_attempts_run_out),
		UNIT_CASE(authenticate_error_closes),
		UNIT_CASE(get_bpp_binds),
		UNIT_CASE(get_bpp_refuses),
		UNIT_CASE(get_bpp_confirmation_code),
		UNIT_CASE(bpp_vectors),
		UNIT_CASE(result_success),
		UNIT_CASE(result_errors),
		UNIT_CASE(result_forged),
		UNIT_CASE(card_events),
		UNIT_CASE(cancel_reasons),
		UNIT_CASE(cancel_refuses),
	};

	return unit_main("rsp", cases, sizeof(cases) / sizeof(cases[0]));
}
