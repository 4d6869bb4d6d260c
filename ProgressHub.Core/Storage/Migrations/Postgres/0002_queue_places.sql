-- Where in the queue a job was moved to: it stands there as if this were its ord. Null for where it was submitted.
ALTER TABLE jobs ADD COLUMN moved_to double precision;
CREATE INDEX jobs_moved ON jobs (moved_to, kind) WHERE state = 'queued' AND moved_to IS NOT NULL;
