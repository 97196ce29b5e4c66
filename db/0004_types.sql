-- SPDX-License-Identifier: Apache-2.0
-- Of a profile type: the group identifiers of its owner (hex), where else its
-- notifications go ("EVENTS ADDRESS ..."), and below which stock of available
-- profiles there is an alarm, 0 for none.
ALTER TABLE types ADD COLUMN gid1 TEXT NOT NULL DEFAULT '';
ALTER TABLE types ADD COLUMN gid2 TEXT NOT NULL DEFAULT '';
ALTER TABLE types ADD COLUMN notify_to TEXT NOT NULL DEFAULT '';
ALTER TABLE types ADD COLUMN low_stock INTEGER NOT NULL DEFAULT 0
    CHECK (low_stock >= 0);
