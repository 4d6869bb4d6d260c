-- How the work of a stage was spread over its time, from which later jobs learn what a count is worth.
ALTER TABLE stage_runs ADD COLUMN profile TEXT; -- 19 numbers, 0 to 1000; null where nothing was counted
