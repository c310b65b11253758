-- Finding messages over all jobs by whom they went to, and forgetting people.

ALTER TABLE message ADD COLUMN recipient_id bigint;
COMMENT ON COLUMN message.recipient_id IS 'The stored recipient it was addressed to; null when it was given by its address, or is erased';
COMMENT ON COLUMN message.address IS 'Empty when its recipient had none for the channel, or is erased';

-- Bloom filters over ranges of 16 pages (PostgreSQL manual, BRIN indexes): a few bits a message and next to nothing for
-- writing them, where a B-tree would cost as much as all else that accepting does. A look-up reads the filters of all
-- ranges and then about one range in a hundred in vain. 16 pages hold about 2,000 messages.
CREATE INDEX message_address ON message USING brin (address text_bloom_ops (n_distinct_per_range = 2000))
  WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX message_client_ref ON message USING brin (client_ref text_bloom_ops (n_distinct_per_range = 2000))
  WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX message_recipient ON message USING brin (recipient_id int8_bloom_ops (n_distinct_per_range = 2000))
  WITH (pages_per_range = 16, autosummarize = on);

-- How often somebody was written to lately is counted from the messages of the latest jobs.
CREATE INDEX job_since ON job (business_id, environment, created_at);

-- Messages of a scope over all its jobs, by what is given of the last three; one of them has to be. The planner takes a
-- filter for worthless where values are in no order, and would read everything instead.
CREATE FUNCTION found_messages(
  of_business bigint, of_environment text, of_addresses text[], of_reference text, of_recipient bigint)
RETURNS TABLE (job_id bigint, "position" int) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_mergejoin = off
SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  wanted text;
BEGIN
  IF of_recipient IS NOT NULL THEN
    RETURN QUERY
      SELECT m.job_id, m.position FROM message m JOIN job j ON j.id = m.job_id
      WHERE m.recipient_id = of_recipient AND j.business_id = of_business AND j.environment = of_environment;
  ELSIF of_addresses IS NULL THEN
    RETURN QUERY
      SELECT m.job_id, m.position FROM message m JOIN job j ON j.id = m.job_id
      WHERE m.client_ref = of_reference AND j.business_id = of_business AND j.environment = of_environment;
  ELSE
    FOR wanted IN SELECT DISTINCT unnest(of_addresses) LOOP
      RETURN QUERY
        SELECT m.job_id, m.position FROM message m JOIN job j ON j.id = m.job_id
        WHERE m.address = wanted AND (of_reference IS NULL OR m.client_ref = of_reference)
          AND j.business_id = of_business AND j.environment = of_environment;
    END LOOP;
  END IF;
END $$;

-- Writes the filters of ranges that have none yet; returns of how many. Until then a search reads such ranges entirely.
-- Waits at most two seconds for a vacuum.
CREATE FUNCTION summarize_messages() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  summarized int := 0;
  index_name regclass;
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  FOR index_name IN
    SELECT i.indexrelid::regclass
    FROM pg_inherits p
    JOIN pg_index i ON i.indrelid = p.inhrelid
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am a ON a.oid = c.relam AND a.amname = 'brin'
    WHERE p.inhparent = 'message'::regclass AND pg_relation_size(p.inhrelid) > 0
    ORDER BY c.relname
  LOOP
    summarized := summarized + brin_summarize_new_values(index_name);
  END LOOP;
  RETURN summarized;
END $$;

CREATE TABLE erasure (
  id           uuid        PRIMARY KEY,
  business_id  bigint      NOT NULL REFERENCES business,
  environment  text        NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  recipient_id bigint,
  address      text,
  requested_at timestamptz NOT NULL,
  due_at       timestamptz NOT NULL,
  line_at      timestamptz,
  cancelled    bigint      NOT NULL,
  erased       bigint      NOT NULL,
  words        bigint      NOT NULL,
  ended_at     timestamptz,
  CHECK (num_nonnulls(recipient_id, address) = CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END)
);
COMMENT ON COLUMN erasure.address IS 'Whose messages are erased; forgotten itself at the end, like recipient_id';
COMMENT ON COLUMN erasure.due_at IS 'Not to be looked at before';
COMMENT ON COLUMN erasure.line_at IS
  'By PostgreSQL''s clock: transactions that began earlier may still bring what has to be erased; null before the first look';
CREATE INDEX erasure_open ON erasure (due_at) WHERE ended_at IS NULL;
CREATE INDEX erasure_ended ON erasure (ended_at) WHERE ended_at IS NOT NULL;

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
    'REJECTED_DUPLICATE', 'REJECTED_SUPPRESSED', 'REJECTED_NO_ADDRESS', 'RESENDING', 'UNKNOWN_RESENT',
    'CANCELLED_DELETED']
  )[(get_byte(c.statuses, m.position - c.first_position) & 31) + 1] AS state,
  get_byte(c.statuses, m.position - c.first_position) >> 5 AS attempts
FROM job j
JOIN chunk c ON c.job_id = j.id
JOIN message m
  ON m.job_id = c.job_id AND m.position >= c.first_position AND m.position < c.first_position + c.size;
