#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Make ./configure from a checkout.
cd "$(dirname "$0")" && mkdir -p build-aux && exec autoreconf -fi
