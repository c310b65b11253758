-- Events of messages, for jobs that ask for them: all that one settling step tells of a chunk's messages is one row of the
-- outbox and of the feed, and unfolds where it is read.

-- Which statuses of its messages a job tells of: a bit for each, from the lowest SENT, DELIVERED, READ, UNDELIVERED,
-- FAILED, EXPIRED, CANCELLED, UNKNOWN.
ALTER TABLE job ADD COLUMN message_events smallint NOT NULL DEFAULT 0;
-- With the column, see V14.
CREATE OR REPLACE VIEW own_job AS
SELECT * FROM job
WHERE (SELECT current_user = 'carillon_house')
  OR business_id = (SELECT nullif(current_setting('carillon.business', true), '')::bigint)
    AND environment = (SELECT current_setting('carillon.environment', true));

-- Bit n of "changed" (the lowest of a byte first) stands for the message n places after "first_position"; "statuses" has
-- the byte in the chunk (see V1), "carriers" the number of the carrier (null when all went by the job's provider) and
-- "reasons" the reason's code (0 for none, null when there are none) of each that changed; "kinds" the bits of all their
-- statuses, as in job.message_events. The event_id of such a row ends in two zero bytes; those of its events have their
-- place in the row, from 0, there.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT conname FROM pg_constraint
    WHERE conrelid = 'outbox'::regclass AND contype = 'c'
      AND pg_get_constraintdef(oid) LIKE '%num\_nulls(job\_id, bulk\_id, status%'
  LOOP
    EXECUTE format('ALTER TABLE outbox DROP CONSTRAINT %I', one.conname);
  END LOOP;
END $$;
ALTER TABLE outbox
  ADD COLUMN size           int NOT NULL DEFAULT 1 CHECK (size BETWEEN 1 AND 65536),
  ADD COLUMN provider       text,
  ADD COLUMN first_position int,
  ADD COLUMN changed        bytea,
  ADD COLUMN statuses       bytea,
  ADD COLUMN carriers       bytea,
  ADD COLUMN reasons        bytea,
  ADD COLUMN kinds          smallint,
  ADD CONSTRAINT outbox_job CHECK (num_nulls(job_id, bulk_id) IN (0, 2)),
  ADD CONSTRAINT outbox_counts CHECK (num_nulls(status, total_recipients, success_count, failure_count) IN (0, 4)),
  ADD CONSTRAINT outbox_messages CHECK (num_nulls(provider, first_position, changed, statuses, kinds) IN (0, 5)),
  ADD CONSTRAINT outbox_of_job CHECK (num_nonnulls(status, statuses) = num_nonnulls(job_id));
ALTER TABLE event
  ADD COLUMN size           int NOT NULL DEFAULT 1,
  ADD COLUMN provider       text,
  ADD COLUMN first_position int,
  ADD COLUMN changed        bytea,
  ADD COLUMN statuses       bytea,
  ADD COLUMN carriers       bytea,
  ADD COLUMN reasons        bytea,
  ADD COLUMN kinds          smallint;

-- Deliveries are of single events: their event_number becomes the number of the event's row, shifted by 16 bits, plus its
-- place in the row. Events of messages have streams of their own: job_id << 27 | position.
UPDATE webhook_waiting SET event_number = event_number << 16;
CREATE TEMPORARY TABLE kept_delivery AS SELECT * FROM webhook_delivery;
CREATE TEMPORARY TABLE kept_attempt AS SELECT * FROM webhook_attempt;
DO $$
DECLARE
  width CONSTANT bigint := 1000000;
  one record;
BEGIN
  FOR one IN
    SELECT inhrelid::regclass AS part, inhparent::regclass AS parent,
      substring(inhrelid::regclass::text FROM '_p([0-9]+)$')::bigint AS n
    FROM pg_inherits WHERE inhparent IN ('webhook_delivery'::regclass, 'webhook_attempt'::regclass)
    ORDER BY n DESC -- so that no new one overlaps an old one
  LOOP
    EXECUTE format('DROP TABLE %s', one.part);
    EXECUTE format(
      'CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%s) TO (%s)',
      one.parent || '_p' || one.n, one.parent, one.n * width << 16, (one.n + 1) * width << 16);
  END LOOP;
END $$;
UPDATE kept_delivery SET event_number = event_number << 16;
UPDATE kept_attempt SET event_number = event_number << 16;
INSERT INTO webhook_delivery SELECT * FROM kept_delivery;
INSERT INTO webhook_attempt SELECT * FROM kept_attempt;
DROP TABLE kept_delivery, kept_attempt;

-- The events that tell of these statuses (see job.message_events).
CREATE FUNCTION message_event_types(kinds smallint) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(t.event) FROM unnest(ARRAY[
    'message.sent', 'message.delivered', 'message.read', 'message.undelivered', 'message.failed', 'message.expired',
    'message.cancelled', 'message.unknown']) WITH ORDINALITY AS t (event, bit)
  WHERE kinds & (1 << (t.bit - 1)::int) <> 0
$$;

-- Unfolds a row of events of messages. The types stand in the order of the states' codes (see V1), from 0.
CREATE FUNCTION message_events(first_position int, changed bytea, statuses bytea)
RETURNS TABLE (place int, of_position int, type text) LANGUAGE sql IMMUTABLE AS $$
  SELECT c.place, c.of_position, (ARRAY[
    NULL, NULL, 'message.sent', 'message.delivered', 'message.read', 'message.undelivered', 'message.failed',
    'message.failed', 'message.failed', 'message.expired', 'message.cancelled', 'message.cancelled', 'message.unknown',
    NULL, NULL, NULL, NULL, 'message.unknown', 'message.unknown', 'message.cancelled'
    ])[1 + (get_byte(statuses, c.place) & 31)]
  FROM (
    SELECT (row_number() OVER (ORDER BY i))::int - 1 AS place, first_position + i AS of_position
    FROM generate_series(0, length(changed) * 8 - 1) AS i
    WHERE get_bit(changed, i) = 1) AS c
$$;

-- Makes the partitions, of a million numbers each, up to that after the next; those that exist stay as they are. They are
-- made apart and attached, which waits for no reader and no writer (PostgreSQL manual, ALTER TABLE ATTACH PARTITION).
CREATE OR REPLACE FUNCTION ensure_event_partitions() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  newest bigint := (SELECT last FROM event_counter);
  made int := 0;
  parent text;
  name text;
  shift int;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('carillon.event_partitions'));
  FOR n IN newest / width .. newest / width + 2 LOOP
    FOREACH parent IN ARRAY ARRAY['event', 'webhook_delivery', 'webhook_attempt'] LOOP
      name := parent || '_p' || n;
      shift := CASE parent WHEN 'event' THEN 0 ELSE 16 END;
      IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', name, parent);
        EXECUTE format(
          'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
          parent, name, n * width << shift, (n + 1) * width << shift);
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

-- Gives numbers to the oldest rows of the outbox that are committed, at most so many, and puts their events down for every
-- endpoint that hears of them. Tells how many rows: 0 also while somebody else is at it, -1 when there is no room for them
-- (see ensure_event_partitions), as after a leap, which the first look on another server or timeline makes. It waits for
-- nobody: an endpoint whose row of the queue is locked hears of its news the next time. Tables are sometimes empty and
-- sometimes long here: plans that suit both are asked for.
CREATE OR REPLACE FUNCTION number_events(most int) RETURNS int LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  most_events CONSTANT int := 20000;
  now CONSTANT timestamptz := clock_timestamp();
  before event_counter;
  settled bigint := 0;
  looked int;
  taken_to bigint;
  numbered int;
  heard bigint[];
  told bigint[];
BEGIN
  SELECT * INTO before FROM event_counter c WHERE c.id;
  IF cardinality(before.unheard) = 0 AND NOT EXISTS (SELECT FROM outbox o WHERE o.id >= before.floor) THEN
    RETURN 0;
  END IF;
  SELECT * INTO before FROM event_counter c WHERE c.id FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  -- a server that does not tell which it is says nothing
  IF before.timeline <> store_timeline() OR nullif(before.system, '') <> nullif(store_system(), '') THEN
    PERFORM leap_events();
    RETURN -1;
  END IF;
  IF to_regclass('webhook_attempt_p' || (before.last + most) / width) IS NULL THEN
    RETURN -1;
  END IF;
  IF NOT before.writers && outbox_writers() THEN
    settled := before.mark;
    -- in this order: who draws an id from now on draws a later one
    before.mark := coalesce(pg_sequence_last_value('outbox_id_seq'), 0);
    before.writers := outbox_writers();
  END IF;
  WITH seen AS MATERIALIZED (
    SELECT o.id, sum(o.size) OVER (ORDER BY o.id) - o.size AS earlier
    FROM (SELECT id, size FROM outbox WHERE id >= before.floor ORDER BY id LIMIT most) AS o
  ), oldest AS MATERIALIZED (
    SELECT n.id FROM seen n WHERE n.earlier < most_events
  ), taken AS (
    DELETE FROM outbox o WHERE o.id BETWEEN before.floor AND (SELECT max(old.id) FROM oldest old) RETURNING o.*
  ), numbered AS (
    INSERT INTO event (
      number, event_id, business_id, environment, event, stream, job_id, bulk_id, status, total_recipients, success_count,
      failure_count, currency, available, low, endpoint_id, reason, size, provider, first_position, changed, statuses,
      carriers, reasons, kinds, at, numbered_at)
    SELECT
      before.last + row_number() OVER (ORDER BY t.id), t.event_id, t.business_id, t.environment, t.event,
      CASE WHEN t.kinds IS NULL THEN -t.job_id END, t.job_id, t.bulk_id, t.status, t.total_recipients,
      t.success_count, t.failure_count, t.currency, t.available, t.low,
      t.endpoint_id, t.reason, t.size, t.provider, t.first_position, t.changed, t.statuses, t.carriers, t.reasons, t.kinds,
      t.at, now
    FROM taken t
    RETURNING
      number, business_id, environment, event, stream, endpoint_id, job_id, first_position, changed, statuses, kinds
  ), single AS (
    SELECT n.number << 16 AS number, n.business_id, n.environment, n.event AS type, n.stream, n.endpoint_id
    FROM numbered n WHERE n.kinds IS NULL
    UNION ALL
    SELECT
      (n.number << 16) | m.place, n.business_id, n.environment, m.type, (n.job_id << 27) | m.of_position, NULL
    FROM numbered n CROSS JOIN LATERAL message_events(n.first_position, n.changed, n.statuses) m
    WHERE n.kinds IS NOT NULL AND EXISTS (
      SELECT FROM webhook_endpoint e
      WHERE e.business_id = n.business_id AND e.environment = n.environment AND e.deleted_at IS NULL AND e.enabled
        AND e.types && message_event_types(n.kinds))
  ), put_down AS (
    INSERT INTO webhook_waiting (
      endpoint, event_number, business_id, environment, stream, attempts, tries, created_at, next_due, behind)
    SELECT e.number, n.number, n.business_id, n.environment, n.stream, 0, 0, now, now, false
    FROM single n
    JOIN webhook_endpoint e ON e.business_id = n.business_id AND e.environment = n.environment
      AND e.deleted_at IS NULL AND e.enabled
      AND CASE
        WHEN n.type = 'webhook.test' THEN e.endpoint_id = n.endpoint_id
        WHEN cardinality(e.types) = 0 THEN n.type NOT LIKE 'message.%'
        ELSE n.type = ANY (e.types)
      END
    RETURNING endpoint
  )
  SELECT
    (SELECT count(*) FROM seen), (SELECT count(*) FROM numbered), (SELECT max(old.id) FROM oldest old),
    before.unheard || ARRAY(SELECT DISTINCT p.endpoint FROM put_down p)
  INTO looked, numbered, taken_to, heard;
  -- Their locks are kept until this is seen, so that whoever looks at them then sees what they were put down.
  WITH free AS MATERIALIZED (
    SELECT q.endpoint, greatest(now, q.open_until) AS due FROM webhook_queue q
    WHERE q.endpoint = ANY (heard) FOR UPDATE SKIP LOCKED
  ), woken AS (
    UPDATE webhook_queue q SET next_look = f.due FROM free f WHERE q.endpoint = f.endpoint AND q.next_look > f.due
  )
  SELECT array_agg(f.endpoint) INTO told FROM free f;
  UPDATE event_counter c SET
    last = before.last + numbered,
    floor = greatest(before.floor, least(settled,
      CASE WHEN looked < most AND numbered = looked THEN settled ELSE taken_to + 1 END)),
    mark = before.mark,
    writers = before.writers,
    unheard = ARRAY(
      SELECT q.endpoint FROM webhook_queue q WHERE q.endpoint = ANY (heard) AND q.endpoint <> ALL (coalesce(told, '{}')))
  WHERE c.id;
  RETURN numbered;
END $$;

-- Ends a delivery that is to be tried, and moves the next of its stream on; false when there is none. To be called under the
-- lock of the endpoint's row of the queue. Of an event that is not kept any more nothing is kept.
CREATE OR REPLACE FUNCTION end_delivery(of_endpoint bigint, number bigint, as_state smallint) RETURNS boolean
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  now CONSTANT timestamptz := clock_timestamp();
  one webhook_waiting;
BEGIN
  DELETE FROM webhook_waiting d WHERE d.endpoint = of_endpoint AND d.event_number = number RETURNING d.* INTO one;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF to_regclass('webhook_delivery_p' || (number >> 16) / width) IS NOT NULL THEN
    INSERT INTO webhook_delivery (
      event_number, endpoint, business_id, environment, state, attempts, created_at, done_at)
    VALUES (number, of_endpoint, one.business_id, one.environment, as_state, one.attempts, one.created_at, now);
  END IF;
  UPDATE webhook_waiting d SET behind = false
  WHERE d.endpoint = of_endpoint AND d.behind AND d.event_number = (
    SELECT n.event_number FROM webhook_waiting n
    WHERE n.endpoint = of_endpoint AND n.stream = one.stream AND n.event_number > number
    ORDER BY n.event_number LIMIT 1);
  RETURN true;
END $$;
SELECT raise_walls();

-- As it was, see V16.
DO $$
BEGIN
  EXECUTE format(
    'ALTER FUNCTION ensure_event_partitions() SECURITY DEFINER SET search_path = %I, pg_temp', current_schema());
END $$;
