/* SPDX-License-Identifier: Apache-2.0 */
/* The cases of unit_db, file by file. */
#ifndef TESTS_UNIT_DB_TESTS_H
#define TESTS_UNIT_DB_TESTS_H

/* test_db_lifecycle.c */
void	life_table(void);
void	life_exhaustive(void);
void	life_ends(void);
void	life_in_schema(void);

/* test_db_lifedoc.c */
void	life_document(void);

/* test_db_profile.c */
void	store_types(void);
void	store_types_set(void);
void	store_variants(void);
void	store_bodies(void);
void	store_profiles(void);
void	store_profile_refused(void);
void	store_profile_cards(void);
void	store_profile_shredded(void);
void	store_imsis(void);

/* test_db_batch.c */
void	store_batch_shown(void);
void	store_batch_live_order(void);
void	store_batch_all(void);
void	store_batch_taken_back(void);

/* test_db_order.c */
void	store_orders(void);
void	store_order_mids(void);
void	store_order_no_mid(void);
void	store_order_eids(void);
void	store_order_lock(void);
void	store_order_counters(void);
void	store_order_attempts_of_many(void);
void	store_order_first(void);
void	store_order_pages(void);

/* test_db_race.c */
void	store_order_race(void);

/* test_db_session.c */
void	store_sessions(void);
void	store_session_expiry(void);
void	store_session_begun(void);
void	store_session_list(void);

/* test_db_event.c */
void	store_euiccs(void);
void	store_notifications(void);
void	store_notification_bound(void);
void	store_audits(void);

/* test_db_store.c */
void	store_opening(void);
void	store_two_workers(void);
void	store_not_ours(void);
void	store_settings(void);
void	store_wrong_setting(void);
void	store_reader_sees(void);
void	store_backups(void);
void	store_nested_query(void);
void	store_spoiled_rows(void);

/* test_db_writer.c */
void	writer_group_refusal(void);
void	writer_group(void);
void	writer_commit_fails(void);
void	writer_group_faults(void);
void	writer_sync(void);
void	writer_rollback_fails(void);
void	writer_nested(void);
void	writer_close_drains(void);

/* test_db_fault.c */
void	fault_each_call(void);
void	fault_backup(void);

/* test_db_migrate.c */
void	migrate_upgrade(void);
void	migrate_newer(void);
void	migrate_fails(void);
void	migrate_faults(void);
void	migrate_keeps(void);

/* test_db_plan.c */
void	store_plans(void);

/* test_db_kill.c */
void	kill_and_reopen(void);

#endif
