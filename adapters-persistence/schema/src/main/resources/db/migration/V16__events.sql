-- What happened, told outward: every event in one order, and its deliveries to the endpoints of webhooks.

-- Events are known by an id that they have from the beginning, and may concern an endpoint. Rows stay until they have
-- their number, which is not long: dead ones are not to pile up where the oldest are looked for.
ALTER TABLE outbox
  ADD COLUMN event_id    uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN endpoint_id uuid,
  ADD COLUMN reason      text;
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
DO $$
DECLARE
  one text;
BEGIN
  FOR one IN
    SELECT conname FROM pg_constraint
    WHERE conrelid = 'outbox'::regclass AND contype = 'c'
      AND pg_get_constraintdef(oid) LIKE '%num\_nonnulls(job\_id, available)%'
  LOOP
    EXECUTE format('ALTER TABLE outbox DROP CONSTRAINT %I', one);
  END LOOP;
END $$;
ALTER TABLE outbox
  ADD CONSTRAINT outbox_concerns CHECK (num_nonnulls(job_id, available, endpoint_id) = 1),
  ADD CONSTRAINT outbox_reason CHECK (reason IS NULL OR endpoint_id IS NOT NULL);

-- One row: the number that was given last, and the last one that is not kept any more. Whoever numbers holds the row, so
-- that there is one at a time, and numbers are seen in their order. It also says from which id on the outbox is to be
-- read: what has been taken from it stays in its index while any transaction of the server may still see it. No id below
-- the floor is to come any more; none below the mark, either, once the writers are over; and which endpoints have news that
-- they were not told of, since their row of the queue was locked. Server and timeline are those that numbers were given on.
CREATE TABLE event_counter (
  id       boolean  PRIMARY KEY CHECK (id),
  last     bigint   NOT NULL,
  dropped  bigint   NOT NULL CHECK (dropped <= last),
  floor    bigint   NOT NULL,
  mark     bigint   NOT NULL,
  writers  text[]   NOT NULL,
  unheard  bigint[] NOT NULL,
  system   text     NOT NULL,
  timeline bigint   NOT NULL
);
INSERT INTO event_counter VALUES (true, 0, 0, 0, 0, '{}', '{}', store_system(), store_timeline());
-- Callers read it, and nobody but the house changes it.
ALTER TABLE event_counter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON event_counter FOR SELECT TO carillon_tenant USING (true);
CREATE POLICY house ON event_counter TO carillon_house USING (true);

-- Stream: events of the same one are delivered in their order; null has no order. That of a job's is -job_id.
CREATE TABLE event (
  number           bigint      NOT NULL,
  event_id         uuid        NOT NULL,
  business_id      bigint      NOT NULL,
  environment      text        NOT NULL,
  event            text        NOT NULL,
  stream           bigint,
  job_id           bigint,
  bulk_id          uuid,
  status           smallint,
  total_recipients bigint,
  success_count    bigint,
  failure_count    bigint,
  currency         text,
  available        bigint,
  low              bigint,
  endpoint_id      uuid,
  reason           text,
  at               timestamptz NOT NULL,
  numbered_at      timestamptz NOT NULL,
  PRIMARY KEY (number)
) PARTITION BY RANGE (number);
CREATE INDEX event_scope ON event (business_id, environment, number);
CREATE INDEX event_id ON event (event_id);

-- Secrets are encrypted (AES-256-GCM) with a key that is not in the database. Deleted ones stay, without address and
-- secrets, until nothing speaks of them any more.
CREATE TABLE webhook_endpoint (
  number          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_id     uuid        NOT NULL UNIQUE,
  business_id     bigint      NOT NULL REFERENCES business,
  environment     text        NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  url             text        NOT NULL,
  types           text[]      NOT NULL,
  description     text        NOT NULL,
  enabled         boolean     NOT NULL,
  disabled_by     text,
  secret          text        NOT NULL,
  previous_secret text,
  previous_until  timestamptz,
  revision        int         NOT NULL,
  created_by      text        NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  deleted_at      timestamptz,
  CHECK (num_nulls(previous_secret, previous_until) IN (0, 2)),
  CHECK (disabled_by IS NULL OR NOT enabled)
);
CREATE INDEX webhook_endpoint_scope ON webhook_endpoint (business_id, environment, number) WHERE deleted_at IS NULL;
CREATE INDEX webhook_endpoint_deleted ON webhook_endpoint (deleted_at) WHERE deleted_at IS NOT NULL;

-- Which endpoint is to be looked at when: at or before the time at which the first of its deliveries may be tried.
-- Everything that is decided about an endpoint's deliveries is decided under the lock of its row here. Slow: one attempt at
-- a time is enough, for the last one took long.
CREATE TABLE webhook_queue (
  endpoint      bigint      PRIMARY KEY,
  business_id   bigint      NOT NULL,
  environment   text        NOT NULL,
  next_look     timestamptz NOT NULL,
  failures      int         NOT NULL,
  failing_since timestamptz,
  slow          boolean     NOT NULL,
  open_until    timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX webhook_queue_due ON webhook_queue (next_look);

-- Deliveries that are to be tried, apart from those that are over, so that looking for them costs the same however many
-- events are kept. One that is leased is due when its lease is over, by this server's clock; the number of attempts is the
-- lease's fence. Tries: attempts since it began, or began anew; when the next one is due goes by them. Behind: found to wait
-- for an earlier event of its stream; it is moved on when that one is over.
CREATE TABLE webhook_waiting (
  endpoint     bigint      NOT NULL,
  event_number bigint      NOT NULL,
  business_id  bigint      NOT NULL,
  environment  text        NOT NULL,
  stream       bigint,
  attempts     int         NOT NULL,
  tries        int         NOT NULL,
  created_at   timestamptz NOT NULL,
  next_due     timestamptz NOT NULL,
  lease_owner  text,
  behind       boolean     NOT NULL,
  PRIMARY KEY (endpoint, event_number),
  CHECK (NOT behind OR lease_owner IS NULL)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
CREATE INDEX webhook_waiting_due ON webhook_waiting (endpoint, next_due, event_number) WHERE NOT behind;
CREATE INDEX webhook_waiting_leased ON webhook_waiting (business_id, environment, endpoint) WHERE lease_owner IS NOT NULL;
CREATE INDEX webhook_waiting_stream ON webhook_waiting (endpoint, stream, event_number) WHERE stream IS NOT NULL;
CREATE INDEX webhook_waiting_old ON webhook_waiting (created_at);

-- Deliveries that are over. State: 2 delivered, 3 given up.
CREATE TABLE webhook_delivery (
  event_number bigint      NOT NULL,
  endpoint     bigint      NOT NULL,
  business_id  bigint      NOT NULL,
  environment  text        NOT NULL,
  state        smallint    NOT NULL CHECK (state IN (2, 3)),
  attempts     int         NOT NULL,
  created_at   timestamptz NOT NULL,
  done_at      timestamptz NOT NULL,
  PRIMARY KEY (endpoint, event_number)
) PARTITION BY RANGE (event_number);
CREATE INDEX webhook_delivery_given_up ON webhook_delivery (endpoint, event_number) WHERE state = 3;

-- All of them, for their owners; state 1: to be tried.
CREATE VIEW webhook_listed WITH (security_invoker = true) AS
SELECT
  endpoint, event_number, 1::smallint AS state, attempts, created_at, next_due, NULL::timestamptz AS done_at
FROM webhook_waiting
UNION ALL
SELECT endpoint, event_number, state, attempts, created_at, NULL::timestamptz, done_at FROM webhook_delivery;
GRANT SELECT ON webhook_listed TO carillon_tenant, carillon_house;

-- Appended only.
CREATE TABLE webhook_attempt (
  event_number bigint      NOT NULL,
  endpoint     bigint      NOT NULL,
  attempt      int         NOT NULL,
  business_id  bigint      NOT NULL,
  environment  text        NOT NULL,
  at           timestamptz NOT NULL,
  took_micros  bigint      NOT NULL,
  status       smallint,
  cause        text,
  retry_after  int,
  excerpt      text,
  PRIMARY KEY (endpoint, event_number, attempt),
  CHECK (num_nulls(status, cause) = 1)
) PARTITION BY RANGE (event_number);

-- Makes the partitions, of a million numbers each, up to that after the next; those that exist stay as they are. They are
-- made apart and attached, which waits for no reader and no writer (PostgreSQL manual, ALTER TABLE ATTACH PARTITION).
CREATE FUNCTION ensure_event_partitions() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  newest bigint := (SELECT last FROM event_counter);
  made int := 0;
  parent text;
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('carillon.event_partitions'));
  FOR n IN newest / width .. newest / width + 2 LOOP
    FOREACH parent IN ARRAY ARRAY['event', 'webhook_delivery', 'webhook_attempt'] LOOP
      name := parent || '_p' || n;
      IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', name, parent);
        EXECUTE format(
          'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', parent, name, n * width, (n + 1) * width);
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

-- Who may still write into the outbox: sessions hold the lock of a table that they write to from before they draw an id
-- until what they did is seen, or undone.
CREATE FUNCTION outbox_writers() RETURNS text[] LANGUAGE sql AS $$
  SELECT coalesce(array_agg(DISTINCT l.virtualtransaction), '{}') FROM pg_locks l
  WHERE l.locktype = 'relation' AND l.relation = 'outbox'::regclass AND l.mode = 'RowExclusiveLock'
    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
    AND l.pid <> pg_backend_pid()
$$;

-- Leaves out the numbers of a thousand partitions: those that are given from now on were given in no other history of this
-- database, so that who has read in one that was lost skips nothing.
CREATE FUNCTION leap_events() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  partitions CONSTANT bigint := 1000;
BEGIN
  UPDATE event_counter c SET
    last = (c.last / width + partitions) * width,
    system = store_system(),
    timeline = store_timeline()
  WHERE c.id;
END $$;

-- Gives numbers to the oldest events of the outbox that are committed, at most so many, and puts them down for every
-- endpoint that hears of them. Tells how many: 0 also while somebody else is at it, -1 when there is no room for them
-- (see ensure_event_partitions), as after a leap, which the first look on another server or timeline makes. It waits for
-- nobody: an endpoint whose row of the queue is locked hears of its news the next time. Tables are sometimes empty and
-- sometimes long here: plans that suit both are asked for.
CREATE FUNCTION number_events(most int) RETURNS int LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  now CONSTANT timestamptz := clock_timestamp();
  before event_counter;
  settled bigint := 0;
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
  WITH oldest AS MATERIALIZED (
    SELECT o.id FROM outbox o WHERE o.id >= before.floor ORDER BY o.id LIMIT most
  ), taken AS (
    DELETE FROM outbox o WHERE o.id BETWEEN before.floor AND (SELECT max(old.id) FROM oldest old) RETURNING o.*
  ), numbered AS (
    INSERT INTO event (
      number, event_id, business_id, environment, event, stream, job_id, bulk_id, status, total_recipients, success_count,
      failure_count, currency, available, low, endpoint_id, reason, at, numbered_at)
    SELECT
      before.last + row_number() OVER (ORDER BY t.id), t.event_id, t.business_id, t.environment, t.event, -t.job_id,
      t.job_id, t.bulk_id, t.status, t.total_recipients, t.success_count, t.failure_count, t.currency, t.available, t.low,
      t.endpoint_id, t.reason, t.at, now
    FROM taken t
    RETURNING number, business_id, environment, event, stream, endpoint_id
  ), put_down AS (
    INSERT INTO webhook_waiting (
      endpoint, event_number, business_id, environment, stream, attempts, tries, created_at, next_due, behind)
    SELECT e.number, n.number, n.business_id, n.environment, n.stream, 0, 0, now, now, false
    FROM numbered n
    JOIN webhook_endpoint e ON e.business_id = n.business_id AND e.environment = n.environment
      AND e.deleted_at IS NULL AND e.enabled
      AND CASE WHEN n.event = 'webhook.test' THEN e.endpoint_id = n.endpoint_id
        ELSE cardinality(e.types) = 0 OR n.event = ANY (e.types) END
    RETURNING endpoint
  )
  SELECT
    (SELECT count(*) FROM numbered), (SELECT max(old.id) FROM oldest old),
    before.unheard || ARRAY(SELECT DISTINCT p.endpoint FROM put_down p)
  INTO numbered, taken_to, heard;
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
    floor = greatest(before.floor, least(settled, CASE WHEN numbered < most THEN settled ELSE taken_to + 1 END)),
    mark = before.mark,
    writers = before.writers,
    unheard = ARRAY(
      SELECT q.endpoint FROM webhook_queue q WHERE q.endpoint = ANY (heard) AND q.endpoint <> ALL (coalesce(told, '{}')))
  WHERE c.id;
  RETURN numbered;
END $$;

-- Leases deliveries that are due, at most so many, so many of a business in an environment and so many of an endpoint at a
-- time, one of an endpoint that is slow or has so many failures in a row, and of the events of one stream only the first
-- that is to be tried. What nodes lease for a business at the very same moment may be more together.
CREATE FUNCTION lease_deliveries(
  node text, most int, per_scope int, per_endpoint int, lease interval, failures_to_open int)
RETURNS TABLE (
  leased_number bigint, leased_endpoint bigint, leased_attempt int, leased_tries int, leased_created timestamptz,
  leased_at timestamptz)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
  now CONSTANT timestamptz := clock_timestamp();
  endpoints_at_once CONSTANT int := 64;
  -- of an endpoint whose business has nothing free: nobody tells it when that changes
  look_again CONSTANT interval := '1 second';
  q record;
  one record;
  own int;
  shared int;
  room int;
  taken int := 0;
  -- how many more may be put behind another in this call
  patience int := 500;
BEGIN
  FOR q IN
    SELECT w.endpoint, w.business_id, w.environment, w.failures, w.slow, w.open_until FROM webhook_queue w
    WHERE w.next_look <= now ORDER BY w.next_look LIMIT endpoints_at_once FOR UPDATE SKIP LOCKED
  LOOP
    EXIT WHEN taken >= most OR patience <= 0;
    IF NOT EXISTS (SELECT FROM webhook_endpoint e WHERE e.number = q.endpoint AND e.enabled AND e.deleted_at IS NULL) THEN
      UPDATE webhook_queue w SET next_look = 'infinity' WHERE w.endpoint = q.endpoint;
      CONTINUE;
    END IF;
    SELECT
      CASE WHEN q.slow OR q.failures >= failures_to_open THEN 1 ELSE per_endpoint END
        - count(*) FILTER (WHERE d.endpoint = q.endpoint),
      per_scope - count(*)
    INTO own, shared
    FROM webhook_waiting d
    WHERE d.business_id = q.business_id AND d.environment = q.environment AND d.lease_owner IS NOT NULL AND d.next_due > now;
    room := least(most - taken, own, shared);
    IF room > 0 THEN
      FOR one IN
        SELECT d.event_number, d.stream, d.attempts, d.tries, d.created_at FROM webhook_waiting d
        WHERE d.endpoint = q.endpoint AND NOT d.behind AND d.next_due <= now ORDER BY d.next_due, d.event_number
      LOOP
        IF one.stream IS NOT NULL AND EXISTS (
          SELECT FROM webhook_waiting b
          WHERE b.endpoint = q.endpoint AND b.stream = one.stream AND b.event_number < one.event_number)
        THEN
          UPDATE webhook_waiting d SET behind = true, lease_owner = NULL
          WHERE d.endpoint = q.endpoint AND d.event_number = one.event_number;
          patience := patience - 1;
        ELSE
          UPDATE webhook_waiting d
          SET next_due = now + lease, lease_owner = node, attempts = d.attempts + 1, tries = d.tries + 1
          WHERE d.endpoint = q.endpoint AND d.event_number = one.event_number;
          leased_number := one.event_number;
          leased_endpoint := q.endpoint;
          leased_attempt := one.attempts + 1;
          leased_tries := one.tries + 1;
          leased_created := one.created_at;
          leased_at := now;
          RETURN NEXT;
          taken := taken + 1;
          room := room - 1;
          own := own - 1;
          shared := shared - 1;
        END IF;
        EXIT WHEN room <= 0 OR patience <= 0;
      END LOOP;
    END IF;
    -- What is behind those that are leased now is looked at when one of them is settled, or its lease is over.
    IF taken < most AND patience > 0 THEN
      UPDATE webhook_queue w
      SET next_look = greatest(q.open_until, least(
        CASE WHEN own > 0 AND shared <= 0 THEN now + look_again ELSE 'infinity' END,
        (SELECT d.next_due FROM webhook_waiting d
          WHERE d.endpoint = q.endpoint AND NOT d.behind AND d.next_due > now ORDER BY d.next_due LIMIT 1)))
      WHERE w.endpoint = q.endpoint;
    END IF;
  END LOOP;
END $$;

-- Ends a delivery that is to be tried, and moves the next of its stream on; false when there is none. To be called under the
-- lock of the endpoint's row of the queue. Of an event that is not kept any more nothing is kept.
CREATE FUNCTION end_delivery(of_endpoint bigint, number bigint, as_state smallint) RETURNS boolean
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
  IF to_regclass('webhook_delivery_p' || number / width) IS NOT NULL THEN
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

-- Notes what came of an attempt: the state that it asks for, and when the next one is due, null for none. Tells whether the
-- attempt still counts: nobody has leased the delivery since, it is not over, and has not begun anew. What the receiver has,
-- it has, whoever asks; a failure of what has begun anew leaves it due. To be called as end_delivery.
CREATE FUNCTION settle_delivery(
  of_endpoint bigint, number bigint, of_attempt int, of_tries int, as_state smallint, next_due_in interval) RETURNS boolean
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
  delivered CONSTANT smallint := 2;
  now CONSTANT timestamptz := clock_timestamp();
  one webhook_waiting;
  counts boolean;
BEGIN
  SELECT d.* INTO one FROM webhook_waiting d WHERE d.endpoint = of_endpoint AND d.event_number = number;
  counts := FOUND AND one.attempts = of_attempt AND one.tries = of_tries;
  IF as_state = delivered THEN
    IF NOT end_delivery(of_endpoint, number, as_state) THEN
      UPDATE webhook_delivery d SET state = delivered, done_at = now
      WHERE d.endpoint = of_endpoint AND d.event_number = number AND d.state <> delivered;
    END IF;
  ELSIF counts AND next_due_in IS NULL THEN
    PERFORM end_delivery(of_endpoint, number, as_state);
  ELSIF one.attempts = of_attempt THEN
    UPDATE webhook_waiting d SET next_due = CASE WHEN counts THEN now + next_due_in ELSE now END, lease_owner = NULL
    WHERE d.endpoint = of_endpoint AND d.event_number = number;
  END IF;
  RETURN counts;
END $$;

-- Gives up deliveries that wait for so long, at most so many; tells how many.
CREATE FUNCTION give_up_deliveries(waited interval, most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  now CONSTANT timestamptz := clock_timestamp();
  before CONSTANT timestamptz := now - waited;
  old record;
  locked bigint[];
  given_up int := 0;
BEGIN
  locked := ARRAY(
    SELECT q.endpoint FROM webhook_queue q
    WHERE q.endpoint IN (
      SELECT o.endpoint FROM (
        SELECT d.endpoint FROM webhook_waiting d WHERE d.created_at < before ORDER BY d.created_at LIMIT most) AS o)
    FOR UPDATE SKIP LOCKED);
  FOR old IN
    SELECT d.endpoint, d.event_number FROM webhook_waiting d
    WHERE d.created_at < before ORDER BY d.created_at, d.event_number LIMIT most
  LOOP
    IF old.endpoint = ANY (locked)
      OR NOT EXISTS (SELECT FROM webhook_queue q WHERE q.endpoint = old.endpoint)
    THEN
      given_up := given_up + end_delivery(old.endpoint, old.event_number, 3::smallint)::int;
    END IF;
  END LOOP;
  UPDATE webhook_queue q SET next_look = greatest(now, q.open_until)
  WHERE q.endpoint = ANY (locked) AND q.next_look > greatest(now, q.open_until);
  RETURN given_up;
END $$;

-- Drops the next table of the oldest partition that is full if all its events are kept so long; false when there is none.
-- One table a call and a transaction, what was tried first, the events last; none of them is told of from the first one on.
-- Readers and writers do not wait long for it.
CREATE FUNCTION drop_bygone_events(kept interval) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 1000000;
  before CONSTANT timestamptz := clock_timestamp() - kept;
  parent text;
  name text;
  n bigint;
BEGIN
  PERFORM set_config('lock_timeout', '200ms', true);
  SELECT min(substring(c.relname FROM '_p([0-9]+)$')::bigint) INTO n
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'event'::regclass;
  IF (n + 1) * width > (SELECT c.last FROM event_counter c)
    OR (SELECT e.numbered_at FROM event e WHERE e.number < (n + 1) * width ORDER BY e.number DESC LIMIT 1) >= before
  THEN
    RETURN false;
  END IF;
  FOREACH parent IN ARRAY ARRAY['webhook_attempt', 'webhook_delivery', 'event'] LOOP
    name := parent || '_p' || n;
    IF to_regclass(name) IS NOT NULL THEN
      UPDATE event_counter c SET dropped = (n + 1) * width - 1 WHERE c.dropped < (n + 1) * width - 1;
      EXECUTE format('DROP TABLE %I', name);
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END $$;

-- By what the key is known that secrets are encrypted with (a keyed hash, of which nothing of the key can be learnt): nodes
-- with another key do not deliver.
CREATE TABLE webhook_key (
  id    boolean PRIMARY KEY CHECK (id),
  mark  text    NOT NULL
);
ALTER TABLE webhook_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON webhook_key TO carillon_house USING (true);
SELECT raise_walls();

-- Only the owner of a table may make and drop its partitions.
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOREACH one IN ARRAY ARRAY['ensure_event_partitions()', 'drop_bygone_events(interval)']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = %I, pg_temp', one, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO carillon_house', one);
  END LOOP;
END $$;
SELECT ensure_event_partitions();
