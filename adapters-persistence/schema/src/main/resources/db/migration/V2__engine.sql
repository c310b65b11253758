-- What the dispatch engine keeps: when and how fast a job may go, what waits inside a chunk, and what was resent.
-- Defaults only fill rows that were there before; the service writes every value itself.

ALTER TABLE job
  ADD COLUMN send_time       timestamptz,
  ADD COLUMN deadline        timestamptz,
  ADD COLUMN window_from     time,
  ADD COLUMN window_to       time,
  ADD COLUMN window_days     smallint CHECK (window_days BETWEEN 0 AND 127),
  ADD COLUMN window_zone     text,
  ADD COLUMN rate_per_second int      NOT NULL DEFAULT 0 CHECK (rate_per_second >= 0),
  ADD COLUMN misfire         text     NOT NULL DEFAULT 'SEND_LATE' CHECK (misfire IN ('SEND_LATE', 'SKIP')),
  ADD COLUMN unknown_policy  text     NOT NULL DEFAULT 'HOLD' CHECK (unknown_policy IN ('HOLD', 'RESEND', 'FAIL')),
  ADD COLUMN failure_percent smallint NOT NULL DEFAULT 0 CHECK (failure_percent BETWEEN 0 AND 100),
  ADD COLUMN pause_reason    text,
  ADD COLUMN broken          boolean  NOT NULL DEFAULT false,
  ADD CHECK (num_nulls(window_from, window_to, window_zone) IN (0, 3));
UPDATE job SET deadline = created_at + interval '72 hours';
ALTER TABLE job
  ALTER COLUMN deadline SET NOT NULL,
  ALTER COLUMN rate_per_second DROP DEFAULT,
  ALTER COLUMN misfire DROP DEFAULT,
  ALTER COLUMN unknown_policy DROP DEFAULT,
  ALTER COLUMN failure_percent DROP DEFAULT,
  ALTER COLUMN broken DROP DEFAULT;
COMMENT ON COLUMN job.window_days IS 'A bit per weekday, the lowest is Monday (ISO 8601); null or 0 for every day';
COMMENT ON COLUMN job.broken IS 'A critical error stopped it: what waits in it is swept';

-- PENDING, PROCESSING, CANCELLING: of each business and priority the oldest, without reading the others
DROP INDEX job_at_work;
CREATE INDEX job_at_work ON job (priority DESC, business_id, id) WHERE status IN (3, 4, 6);
-- SCHEDULED
CREATE INDEX job_scheduled ON job (send_time) WHERE status = 2;
-- SCHEDULED, PENDING, PROCESSING, PAUSED: what may grow too old
CREATE INDEX job_waiting ON job (deadline) WHERE status IN (2, 3, 4, 5);
CREATE INDEX job_unsettled ON job (ended_at) WHERE ended_at IS NOT NULL AND settled_at IS NULL;
CREATE INDEX job_of_parent ON job (parent_bulk_id) WHERE parent_bulk_id IS NOT NULL;

ALTER TABLE chunk
  ADD COLUMN due_positions int[],
  ADD COLUMN due_times     timestamptz[],
  ADD COLUMN reasons       jsonb;
COMMENT ON COLUMN chunk.due_positions IS 'Positions that wait longer than the chunk, until the time at the same place of due_times';
COMMENT ON COLUMN chunk.reasons IS 'How many attempts ended for which reason: code to count';
COMMENT ON COLUMN chunk.unknown IS 'Counts RESENDING and UNKNOWN_RESENT, too';
-- A change of a column that a predicate names is no HOT update; this one changes seldom.
CREATE INDEX chunk_in_doubt ON chunk (job_id, chunk_no) WHERE unknown > 0;

ALTER TABLE attempt ADD COLUMN resent boolean;
COMMENT ON COLUMN attempt.resent IS 'Made although an earlier attempt stays in doubt; null for false';

ALTER TABLE message ADD COLUMN parent_position int;
COMMENT ON COLUMN message.parent_position IS 'Of the message of the parent job that a retry copied';
CREATE UNIQUE INDEX message_of_parent ON message (job_id, parent_position) WHERE parent_position IS NOT NULL;

-- Adds counts by key. In PL/pgSQL so that it is not built into the plan of the statement that seldom needs it.
CREATE FUNCTION add_counts(one jsonb, other jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (
    SELECT jsonb_object_agg(key, total)
    FROM (
      SELECT key, sum(value::bigint) AS total
      FROM (
        SELECT key, value FROM jsonb_each_text(coalesce(one, '{}'))
        UNION ALL
        SELECT key, value FROM jsonb_each_text(coalesce(other, '{}'))
      ) AS counts
      GROUP BY key
    ) AS totals);
END $$;

CREATE OR REPLACE VIEW message_status AS
SELECT
  j.bulk_id,
  j.business_id,
  j.environment,
  m.job_id,
  m.position,
  m.client_ref,
  m.address,
  m.parts,
  (ARRAY['QUEUED', 'IN_FLIGHT', 'SENT', 'DELIVERED', 'READ', 'UNDELIVERED', 'FAILED', 'FAILED_OUTCOME_UNKNOWN',
    'FAILED_SYSTEM_ERROR', 'EXPIRED', 'CANCELLED', 'CANCELLED_SUPPRESSED', 'UNKNOWN', 'REJECTED_INVALID',
    'REJECTED_DUPLICATE', 'REJECTED_SUPPRESSED', 'REJECTED_NO_ADDRESS', 'RESENDING', 'UNKNOWN_RESENT']
  )[(get_byte(c.statuses, m.position - c.first_position) & 31) + 1] AS state,
  get_byte(c.statuses, m.position - c.first_position) >> 5 AS attempts
FROM job j
JOIN chunk c ON c.job_id = j.id
JOIN message m
  ON m.job_id = c.job_id AND m.position >= c.first_position AND m.position < c.first_position + c.size;
