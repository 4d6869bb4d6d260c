-- Tickets that were given and are not used, by their hashes. Moments of access are milliseconds since 1970, UTC.
CREATE TABLE stream_tickets (
  hash          bytea PRIMARY KEY,
  access        text COLLATE "C" NOT NULL,             -- what let its caller in
  access_end    bigint,                                -- when that ends by itself
  job           text COLLATE "C",                      -- the one that may be watched; null for all of the caller's
  until         timestamptz NOT NULL
);
CREATE INDEX stream_tickets_by_end ON stream_tickets (until);
