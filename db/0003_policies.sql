-- SPDX-License-Identifier: Apache-2.0
-- What a package needs of an eUICC, 0 where that is not known: the version
-- 256 * major + minor and the mandatory services (bit n: member 0x80 + n) of
-- its header, and its octets.  Whether a package may be bound twice, and which
-- cancellations leave an order alone (0 none that is final, 1 those of a device
-- that failed, 2 those of a user as well); how often an order was bound anew,
-- and released again for its eUICC; the lock that it was made with, for a test
-- bench; the firmware of an eUICC.
ALTER TABLE types ADD COLUMN bind_once INTEGER NOT NULL DEFAULT 0
    CHECK (bind_once IN (0, 1));
ALTER TABLE types ADD COLUMN on_cancel INTEGER NOT NULL DEFAULT 0
    CHECK (on_cancel BETWEEN 0 AND 2);
ALTER TABLE bodies ADD COLUMN saip_version INTEGER NOT NULL DEFAULT 0
    CHECK (saip_version >= 0);
ALTER TABLE bodies ADD COLUMN services INTEGER NOT NULL DEFAULT 0
    CHECK (services >= 0);
ALTER TABLE bodies ADD COLUMN octets INTEGER NOT NULL DEFAULT 0
    CHECK (octets >= 0);
ALTER TABLE orders ADD COLUMN rebinds INTEGER NOT NULL DEFAULT 0
    CHECK (rebinds >= 0);
ALTER TABLE orders ADD COLUMN reinstalls INTEGER NOT NULL DEFAULT 0
    CHECK (reinstalls >= 0);
ALTER TABLE orders ADD COLUMN first_lock TEXT NOT NULL DEFAULT 'tofu'
    CHECK (first_lock IN ('eid', 'tofu', 'open'));
UPDATE orders SET first_lock = lock;
ALTER TABLE euiccs ADD COLUMN firmware BLOB CHECK (length(firmware) = 3);
