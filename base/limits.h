/* SPDX-License-Identifier: Apache-2.0 */
/* Every bound on an input, in one place.  Bytes unless said otherwise. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIM_ES9_BODY		(64 * 1024)	/* one ES9+ request */
#define LIM_ADMIN_BODY		(4 * 1024 * 1024) /* admin request, a UPP inside */
#define LIM_UPP			(2 * 1024 * 1024) /* unprotected profile package */
#define LIM_RSP_MESSAGE		(3 * 1024 * 1024) /* ASN.1, a BPP inside */
#define LIM_CERT		4096		/* one certificate, DER */
#define LIM_PEM			(64 * 1024)	/* a PKI file as it is read */
#define LIM_CRL			(4 * 1024 * 1024) /* one CRL as it is read */
#define LIM_PKI_FILES		1000000		/* files in one PKI directory */
#define LIM_CI			16		/* CI key ids in one list; CIs */
#define LIM_DP			16		/* DPauth + DPpb pairs */
#define LIM_TID			16		/* transactionId */
#define LIM_HOST		255		/* FQDN[:port] */
#define LIM_MATCHING_ID		255		/* characters */
#define LIM_ACTCODE		255		/* characters, LPA: not counted */
#define LIM_CC			64		/* confirmation code */
#define LIM_CONF		(64 * 1024)	/* smdpd.conf */
#define LIM_CONF_LINE		1024
#define LIM_JSON_DEPTH		32
#define LIM_DER_DEPTH		24		/* nesting of TLVs we follow */
#define LIM_METADATA		2016		/* two '88' segments (2.5.4.3) */
#define LIM_ICON		1024
#define LIM_GID			32		/* EF.GID1, EF.GID2 of an owner */
#define LIM_PES			512		/* ProfileElements in a UPP */
#define LIM_PE_TLVS		20000		/* TLVs in one of them */
#define LIM_VARIANTS		16		/* of one profile type */
#define LIM_LOW_STOCK		10000		/* profiles counted for an order */
#define LIM_GENERATE		10000000	/* profiles in one batch */
#define LIM_LIST		1000		/* rows in one page of a list */
#define LIM_BULK		INT64_C(4000000000)	/* a file of rows */
#define LIM_CSV_FIELDS		64		/* in one row of a file */
#define LIM_CSV_ROW		(16 * 1024)	/* a row of a file */
#define LIM_SESSIONS		200000		/* open sessions */
#define LIM_NOTIFICATION	(3 * LIM_CERT)	/* one that is kept unverified */
#define LIM_UNVERIFIED		10000		/* of those, about */
#define LIM_REQUESTER		128		/* functionRequesterIdentifier */
#define LIM_SUBJECT		200		/* order: for whom, free text */

#endif
