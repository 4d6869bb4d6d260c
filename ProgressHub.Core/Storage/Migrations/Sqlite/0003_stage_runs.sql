-- How long stages took: the last few of each, from which later jobs learn how long they will take.
CREATE TABLE stage_runs (
  ord    INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of their ends
  kind   TEXT    NOT NULL,
  engine TEXT    NOT NULL,
  stage  TEXT    NOT NULL,
  size   REAL,                              -- in the workload's own unit; null where it says nothing
  ms     REAL    NOT NULL,
  at     INTEGER NOT NULL
);
CREATE INDEX stage_runs_of_stage ON stage_runs (kind, engine, stage, ord);
