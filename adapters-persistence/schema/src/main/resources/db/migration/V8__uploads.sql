-- Jobs whose recipients are uploaded chunk by chunk: how far each has come, what was told of every chunk, and what has
-- been said to whom. Needed while a job is OPEN, and forgotten afterwards. The row of the job is locked by whoever
-- changes any of it.

CREATE TABLE upload (
  job_id         bigint NOT NULL PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  -- how far it has come
  next_sequence  int    NOT NULL CHECK (next_sequence >= 1),
  messages       int    NOT NULL CHECK (messages >= 0),
  chunks         int    NOT NULL CHECK (chunks >= 0),
  accepted       int    NOT NULL CHECK (accepted BETWEEN 0 AND messages),
  -- what its entries are judged by, beside what the job itself says
  default_region text   NOT NULL CHECK (default_region ~ '^[A-Z]{2}$'),
  duplicates     text   NOT NULL CHECK (duplicates IN ('BY_CONTENT', 'BY_ADDRESS', 'KEEP')),
  excluded_group text   NOT NULL,
  cap_messages   int    CHECK (cap_messages > 0),
  cap_seconds    bigint CHECK (cap_seconds > 0),
  -- what its owner asked for, to be reckoned from its start
  expire_time    timestamptz,
  -- up to where its keys are forgotten
  forgotten_to   uuid   NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  CHECK (num_nulls(cap_messages, cap_seconds) IN (0, 2))
) WITH (fillfactor = 50);
COMMENT ON COLUMN upload.chunks IS 'Chunks for dispatch, which are smaller than those that are uploaded';
COMMENT ON COLUMN upload.excluded_group IS 'The id of a group; empty for none';

CREATE TABLE upload_chunk (
  job_id         bigint NOT NULL REFERENCES upload ON DELETE CASCADE,
  sequence       int    NOT NULL CHECK (sequence >= 1),
  first_position int    NOT NULL,
  accepted       int    NOT NULL,
  invalid        int    NOT NULL,
  duplicate      int    NOT NULL,
  suppressed     int    NOT NULL,
  no_address     int    NOT NULL,
  parts          bigint NOT NULL,
  fingerprint    bytea  NOT NULL CHECK (length(fingerprint) = 32),
  PRIMARY KEY (job_id, sequence)
);
COMMENT ON COLUMN upload_chunk.fingerprint IS 'SHA-256 of its entries, to know the same chunk by when it is sent again';

-- No foreign key: it would be looked at for every recipient.
CREATE TABLE upload_seen (
  job_id bigint NOT NULL,
  key    uuid   NOT NULL,
  PRIMARY KEY (job_id, key)
);
COMMENT ON COLUMN upload_seen.key IS 'The first half of a SHA-256 hash of an address and of what is said to it';

-- OPEN: those that have been so for too long
CREATE INDEX job_open ON job (created_at) WHERE status = 1;

-- Forgets a page of the keys of an upload that is over, in their order; with the last of them what else was kept of it.
-- Tells how many rows went; 0 when no upload is over.
CREATE FUNCTION forget_uploads(most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  over bigint;
  reached uuid;
  last uuid;
  gone int;
BEGIN
  SELECT u.job_id, u.forgotten_to INTO over, reached
    FROM upload u JOIN job j ON j.id = u.job_id
    WHERE j.status <> 1
    ORDER BY u.job_id LIMIT 1
    FOR UPDATE OF u SKIP LOCKED;
  IF over IS NULL THEN
    RETURN 0;
  END IF;
  SELECT key INTO last
    FROM upload_seen WHERE job_id = over AND key >= reached ORDER BY key OFFSET most - 1 LIMIT 1;
  DELETE FROM upload_seen WHERE job_id = over AND key >= reached AND (last IS NULL OR key <= last);
  GET DIAGNOSTICS gone = ROW_COUNT;
  IF last IS NULL THEN
    DELETE FROM upload WHERE job_id = over;
    RETURN gone + 1;
  END IF;
  UPDATE upload SET forgotten_to = last WHERE job_id = over;
  RETURN gone;
END $$;
