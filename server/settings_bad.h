/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is wrong with a value of smdpd.conf, in words; NULL: nothing.  Nothing
 * is resolved or opened but the list of groups.
 */
#ifndef SERVER_SETTINGS_BAD_H
#define SERVER_SETTINGS_BAD_H

const char	*bad_address(const char *v);	/* HOST[:PORT] */
const char	*bad_listen(const char *v);	/* ADDR:PORT, [ADDR]:PORT */
const char	*bad_listen_admin(const char *v);	/* unix:PATH */
const char	*bad_group(const char *v);
const char	*bad_db(const char *v);		/* sqlite:PATH */
const char	*bad_kek(const char *v);	/* file:PATH */
const char	*bad_log_level(const char *v);
const char	*bad_session_timeout(const char *v);
const char	*bad_block_ski(const char *v);		/* 20 octets, hex */
const char	*bad_block_eid(const char *v);		/* EID[-EID] */
const char	*bad_block_firmware(const char *v);	/* [DIGITS:]X.Y.Z */
const char	*bad_crl_stale(const char *v);
const char	*bad_svn_max(const char *v);	/* 2.N, N 0 to 255 */

#endif
