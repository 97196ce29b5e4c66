/* SPDX-License-Identifier: Apache-2.0 */
/* The cases of unit_db, file by file. */
#ifndef TESTS_UNIT_DB_TESTS_H
#define TESTS_UNIT_DB_TESTS_H

/* test_db_lifecycle.c */
void	life_table(void);
void	life_exhaustive(void);
void	life_in_schema(void);
void	life_document(void);

/* test_db_profile.c */
void	store_types(void);
void	store_bodies(void);
void	store_profiles(void);
void	store_profile_refused(void);
void	store_profile_cards(void);
void	store_profile_shredded(void);

/* test_db_order.c */
void	store_orders(void);
void	store_order_mids(void);
void	store_order_no_mid(void);
void	store_order_eids(void);
void	store_order_lock(void);
void	store_order_counters(void);
void	store_order_pages(void);
void	store_order_race(void);

/* test_db_session.c */
void	store_sessions(void);
void	store_session_expiry(void);
void	store_session_list(void);

/* test_db_event.c */
void	store_euiccs(void);
void	store_notifications(void);
void	store_audits(void);

#endif
