/* SPDX-License-Identifier: Apache-2.0 */
/* What vuicc reads out of a package: texts, whatever the package is. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tools/vuicc_contents.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const char	*key;
	json_t		*o, *v;

	if (vuicc_contents(slice_of(p, n), &o) != 0)
		return 0;
	json_object_foreach(o, key, v)
		fuzz_must(json_is_string(v) && *json_string_value(v) != '\0');
	json_decref(o);
	return 0;
}
