/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db_tests.h"
#include "tests/unit/unit.h"

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(life_table),
		UNIT_CASE(life_exhaustive),
		UNIT_CASE(life_in_schema),
		UNIT_CASE(life_document),
		UNIT_CASE(store_types),
		UNIT_CASE(store_bodies),
		UNIT_CASE(store_profiles),
		UNIT_CASE(store_profile_refused),
		UNIT_CASE(store_profile_cards),
		UNIT_CASE(store_profile_shredded),
		UNIT_CASE(store_imsis),
		UNIT_CASE(store_orders),
		UNIT_CASE(store_order_mids),
		UNIT_CASE(store_order_no_mid),
		UNIT_CASE(store_order_eids),
		UNIT_CASE(store_order_lock),
		UNIT_CASE(store_order_counters),
		UNIT_CASE(store_order_attempts_of_many),
		UNIT_CASE(store_order_first),
		UNIT_CASE(store_order_pages),
		UNIT_CASE(store_order_race),
		UNIT_CASE(store_sessions),
		UNIT_CASE(store_session_expiry),
		UNIT_CASE(store_session_shedding),
		UNIT_CASE(store_session_list),
		UNIT_CASE(store_euiccs),
		UNIT_CASE(store_notifications),
		UNIT_CASE(store_notification_bound),
		UNIT_CASE(store_audits),
		UNIT_CASE(store_opening),
		UNIT_CASE(store_not_ours),
		UNIT_CASE(store_settings),
		UNIT_CASE(store_wrong_setting),
		UNIT_CASE(store_reader_sees),
		UNIT_CASE(store_backups),
		UNIT_CASE(store_nested_query),
		UNIT_CASE(store_spoiled_rows),
		UNIT_CASE(writer_group),
		UNIT_CASE(writer_commit_fails),
		UNIT_CASE(writer_group_faults),
		UNIT_CASE(writer_sync),
		UNIT_CASE(writer_rollback_fails),
		UNIT_CASE(writer_nested),
		UNIT_CASE(writer_close_drains),
		UNIT_CASE(fault_each_call),
		UNIT_CASE(fault_backup),
		UNIT_CASE(migrate_upgrade),
		UNIT_CASE(migrate_newer),
		UNIT_CASE(migrate_fails),
		UNIT_CASE(migrate_faults),
		UNIT_CASE(store_plans),
		UNIT_CASE(kill_and_reopen),
	};

	return unit_main("db", cases, sizeof(cases) / sizeof(cases[0]));
}
