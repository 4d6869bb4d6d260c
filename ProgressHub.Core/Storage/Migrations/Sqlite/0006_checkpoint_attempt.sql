-- Which attempt came to the checkpoint; null in rows from before. An attempt that did has not run in vain.
ALTER TABLE checkpoints ADD COLUMN attempt INTEGER;
