/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One ProfileElement of a profile package (SAIP 2.1, 2.3, 3.x), decoded and
 * encoded again.  Members have the names of asn1/saip.asn1.  A slice without
 * octets whose p is NULL, an integer that is PE_NONE, a list whose v is NULL
 * and a pointer that is NULL are members that are absent; the comment says
 * what that means where the standard gives a default.
 */
#ifndef ASN1_PE_H
#define ASN1_PE_H

#include "asn1/rsp.h"

#define PE_NONE		(-1L)

#define PE_LIST(type)	struct { type *v; size_t n; }

struct pe_start {			/* PEHeader */
	bool		 mandated;
	long		 id;
};

struct pe_aid {
	struct slice	 aid, version;
};

struct pe_service {
	int		 mark;		/* 1 + number of the service */
};

struct pe_iot {
	struct slice	 pix;
};

struct pe_header {			/* A0 */
	long		 major, minor;
	struct slice	 profile_type, iccid, pol;
	PE_LIST(struct pe_service) services;
	PE_LIST(struct slice) templates;	/* object identifiers */
	struct slice	 connectivity;
	PE_LIST(struct pe_aid) aids;
	struct pe_iot	*iot;
};

struct pe_fcp_extra {
	struct slice	 special;	/* absent: 00 */
	struct slice	 fill, repeat, maximum;
	struct slice	 details;	/* absent: 01 */
};

struct pe_fcp {
	struct slice	 descriptor, fid, df_name;
	struct slice	 lcsi;		/* absent: 05 */
	struct slice	 rule, size, pin_status;
	struct slice	 sfi;		/* no octet: none; absent: its own */
	struct pe_fcp_extra *extra;
	struct slice	 link;
};

enum pe_item_kind { PE_NOT_CREATED = 1, PE_FCP, PE_OFFSET, PE_CONTENT };
enum pe_gfm_kind { PE_GFM_PATH = 1, PE_GFM_CREATE, PE_GFM_OFFSET,
    PE_GFM_CONTENT };

/* A step of a file (enum pe_item_kind) or of file management. */
struct pe_item {
	int		 kind;
	struct pe_fcp	 fcp;		/* PE_FCP, PE_GFM_CREATE */
	long		 offset;	/* PE_OFFSET, PE_GFM_OFFSET */
	struct slice	 octets;	/* contents; PE_GFM_PATH */
};

struct pe_file {
	uint32_t	 tag;		/* of the member: A2, BF1F ... */
	PE_LIST(struct pe_item) items;
};

struct pe_files {			/* mf, usim, ... */
	struct slice	 template;	/* object identifier */
	PE_LIST(struct pe_file) files;	/* in the order in which they came */
};

struct pe_gfm_list {
	PE_LIST(struct pe_item) items;
};

struct pe_gfm {				/* A1 */
	PE_LIST(struct pe_gfm_list) lists;
};

struct pe_pin {
	long		 reference;
	struct slice	 value;
	long		 unblocking;
	long		 attributes;	/* absent: 7 */
	long		 retries;	/* maximum and left; absent: 33 */
};

struct pe_pins {			/* A2 */
	int		 kind;		/* 1: config, 2: path */
	PE_LIST(struct pe_pin) config;
	struct slice	 path;
};

struct pe_puk {
	long		 reference;
	struct slice	 value;
	long		 retries;	/* absent: AA */
};

struct pe_puks {			/* A3 */
	PE_LIST(struct pe_puk) codes;
};

struct pe_aka_mapping {
	struct slice	 options, source;
};

struct pe_aka_algorithm {
	long		 id;		/* 1 Milenage, 2 TUAK, 3 test */
	struct slice	 options, key, opc;
	struct slice	 rotation, xoring;	/* absent: those of Milenage */
	struct slice	 counter_max;
	long		 keccak;	/* absent: 1 */
};

struct pe_aka_choice {
	int		 kind;		/* 1: mapping, 2: algorithm */
	struct pe_aka_mapping mapping;
	struct pe_aka_algorithm algorithm;
};

struct pe_aka {				/* A4 */
	struct pe_aka_choice config;
	struct slice	 sqn_options;	/* absent: 02 */
	struct slice	 sqn_delta, sqn_age_limit;	/* 000010000000 */
	PE_LIST(struct slice) sqn_init;	/* absent: all zero */
};

struct pe_cdma {			/* A5 */
	struct slice	 key, ssd, hrpd, simple_ip, mobile_ip;
};

struct pe_contactless {
	struct slice	 protocol;
};

struct pe_system {
	struct slice	 ram_quota, data_quota, services, implicit;
	struct slice	 ram_reserved, data_reserved, sim_toolkit;
	struct pe_contactless *contactless;
	struct slice	 protocol, interaction, ram_granted, data_granted;
};

struct pe_uicc {
	struct slice	 toolkit, access, admin;
};

struct pe_control {
	struct slice	 provider;
};

struct pe_instance {
	struct slice	 package, class, aid, domain, privileges;
	struct slice	 life_cycle;	/* absent: 07 */
	struct slice	 parameters;	/* C9 */
	struct pe_system *system;
	struct pe_uicc	*uicc;
	PE_LIST(struct slice) process;
	struct pe_control *control;
};

struct pe_key_part {
	struct slice	 type, data;
	long		 mac_length;	/* absent: 8 */
};

struct pe_key {
	struct slice	 usage;
	struct slice	 access;	/* absent: 00 */
	struct slice	 id, version, counter;
	PE_LIST(struct pe_key_part) components;
};

struct pe_open_perso {
	struct slice	 restriction, contactless;
};

struct pe_cat_tp {
	long		 max_sdu, max_pdu;
};

struct pe_domain {			/* A6 */
	struct pe_instance instance;
	PE_LIST(struct pe_key) keys;
	PE_LIST(struct slice) perso;
	struct pe_open_perso *open;
	struct pe_cat_tp *cat_tp;
};

struct pe_rfm_adf {
	struct slice	 aid, access, admin;
};

struct pe_rfm {				/* A7 */
	struct slice	 instance, domain;
	PE_LIST(struct slice) tars;
	struct slice	 security, access, admin;
	struct pe_rfm_adf *adf;
};

struct pe_load {
	struct slice	 package, domain, code_limit, ram_limit, data_limit;
	struct slice	 hash, code;
};

struct pe_application {			/* A8 */
	struct pe_load	*load;
	PE_LIST(struct pe_instance) instances;
};

struct pe_other {			/* A9 */
	struct slice	 issuer;	/* object identifier */
	struct slice	 content;
};

enum pe_kind {
	PE_KIND_NEW,		/* of a version after ours: as octets only */
	PE_KIND_HEADER, PE_KIND_GFM, PE_KIND_PINS, PE_KIND_PUKS, PE_KIND_AKA,
	PE_KIND_CDMA, PE_KIND_DOMAIN, PE_KIND_RFM, PE_KIND_APPLICATION,
	PE_KIND_OTHER, PE_KIND_END, PE_KIND_FILES
};

struct pe {
	uint32_t	 tag;		/* A0 ... BE, BF1F ... */
	enum pe_kind	 kind;
	struct pe_start	 start;		/* the header has none: id PE_NONE */
	union {
		struct pe_header	 header;
		struct pe_files		 files;
		struct pe_gfm		 gfm;
		struct pe_pins		 pins;
		struct pe_puks		 puks;
		struct pe_aka		 aka;
		struct pe_cdma		 cdma;
		struct pe_domain	 domain;
		struct pe_rfm		 rfm;
		struct pe_application	 application;
		struct pe_other		 other;
	};
	/*
	 * Members that this version of ours does not name, at any depth, in
	 * their order: kept, and put back by pe_encode().
	 */
	PE_LIST(struct slice) unknown;
	/* Owned, and of no interest to the user. */
	struct slice	 raw;
	struct pe_owned	*owned;
};

/*
 * The one ProfileElement that in holds (tag and all).  DPE_SYNTAX: no DER, or
 * not the type of this tag; DPE_RANGE: too big, or a bound of the type does
 * not hold.  pe_free() in any case.
 */
MUST_CHECK int	pe_decode(struct slice in, struct pe *out);
/*
 * Append its DER.  What is changed may borrow; unknown members go back to
 * where they stood among the others.  DPE_RANGE: a bound does not hold;
 * DPE_STATE: the others moved, so that an unknown one has no place.
 */
MUST_CHECK int	pe_encode(const struct pe *pe, struct buf *out);
/* Wipes; *pe is empty then. */
void		pe_free(struct pe *pe);

#endif
