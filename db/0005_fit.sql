-- SPDX-License-Identifier: Apache-2.0
-- Was this profile's package held against its type?  Those from before were
-- not, and are when they are ordered.
ALTER TABLE profiles ADD COLUMN checked INTEGER NOT NULL DEFAULT 0
    CHECK (checked IN (0, 1));
