/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/case.h"

extern const struct conf_group	conf_initiate, conf_certificates,
    conf_recorded, conf_authenticate, conf_orders, conf_eligible,
    conf_package, conf_codes, conf_retry, conf_results, conf_events,
    conf_cancel, conf_form_initiate, conf_form_authenticate,
    conf_form_package, conf_form_notify, conf_form_cancel, conf_http,
    conf_http_notify, conf_http_asn1;

const struct conf_group *const	conf_groups[] = {
	&conf_initiate, &conf_certificates, &conf_recorded,
	&conf_authenticate, &conf_orders, &conf_eligible,
	&conf_package, &conf_codes, &conf_retry,
	&conf_results, &conf_events, &conf_cancel,
	&conf_form_initiate, &conf_form_authenticate, &conf_form_package,
	&conf_form_notify, &conf_form_cancel,
	&conf_http, &conf_http_notify, &conf_http_asn1,
};
const size_t	conf_groups_n = NELEM(conf_groups);
