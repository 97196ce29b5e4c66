/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_TEST_RSP_H
#define TESTS_UNIT_TEST_RSP_H

void	initiate_answers_the_vector(void);
void	initiate_refuses(void);
void	authenticate_cases(void);
void	authenticate_orders(void);
void	authenticate_again(void);
void	authenticate_attempts_run_out(void);
void	authenticate_error_closes(void);
void	get_bpp_binds(void);
void	get_bpp_again(void);
void	get_bpp_refuses(void);
void	get_bpp_confirmation_code(void);
void	bpp_vectors(void);
void	hash_cc_vectors(void);
void	result_success(void);
void	result_errors(void);
void	result_forged(void);
void	card_events(void);
void	cancel_reasons(void);
void	cancel_refuses(void);
void	faults_at_every_call(void);
void	recorded_session(void);
void	status_codes_are_the_standards(void);
void	result_superseded(void);
void	result_odd(void);
void	card_event_overtaken(void);
void	race_confirmation_codes(void);
void	race_ineligible(void);
void	race_cancel(void);
void	race_one_time_keys(void);
void	refusals_fit_their_members(void);
void	about_takes_printable_text(void);
void	initiate_says_about_what(void);
void	initiate_versions(void);
void	authenticate_says_about_what(void);

#endif
