# SPDX-License-Identifier: Apache-2.0
# Compiles what asn1c left in asn1/gen/; a makefile of its own because the list
# of files is known only once asn1c has run.  -w: the text is not ours.
SRCS := $(sort $(wildcard asn1/gen/*.c))
OBJS := $(SRCS:.c=.o)
# Undefined in asn1c's runtime, and harmless with gcc and clang: shifts of
# negative numbers (lengths, BIT STRING padding) and a pointer past the end
# that is only compared (UTF8String).
SAN := $(if $(findstring -fsanitize=,$(CFLAGS)),\
	-fno-sanitize=shift -fno-sanitize=pointer-overflow)
# asn1c's trace says nothing, but makes its words in buffers that all threads
# share.
QUIET := -D'ASN_DEBUG(...)=((void)0)'
Q := $(if $(filter 1,$(V)),,@)

asn1/libasn1gen.a: $(OBJS)
	$(Q)rm -f $@ $@.tmp
	$(Q)$(AR) cr $@.tmp $(OBJS)
	$(Q)$(RANLIB) $@.tmp
	$(Q)mv $@.tmp $@

asn1/gen/%.o: asn1/gen/%.c asn1/gen/.stamp config.status \
    $(firstword $(MAKEFILE_LIST))
	$(Q)$(CC) -D_DEFAULT_SOURCE $(QUIET) -Iasn1/gen $(CPPFLAGS) \
	    $(CFLAGS) $(SAN) -w -c -o $@ $<
