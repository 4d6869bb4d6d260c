-- Where in the queue a job was moved to: it stands there as if this were its ord. Null for where it was submitted.
ALTER TABLE jobs ADD COLUMN moved_to REAL;
CREATE INDEX jobs_moved ON jobs (moved_to, kind, run_after) WHERE state = 'queued' AND moved_to IS NOT NULL;

-- The queue is read from these alone, so they know who was moved.
DROP INDEX jobs_queued_of_kind;
DROP INDEX jobs_queued;
CREATE INDEX jobs_queued_of_kind ON jobs (kind, ord, run_after, moved_to) WHERE state = 'queued';
CREATE INDEX jobs_queued ON jobs (ord, run_after, moved_to) WHERE state = 'queued';
