-- A checksum of what stands beside it (RowSum), so that a bit that turned on the disk is told and not shown; null in rows
-- of before.
ALTER TABLE events ADD COLUMN body_sum INTEGER;
ALTER TABLE jobs ADD COLUMN snapshot_sum INTEGER;
