-- Several carriers and what they tell: which one a message was marked for, the ids that they know its parts by, receipts
-- that come before their message is known by such an id, and who must not be written to any more.
-- Defaults only fill rows that were there before; the service writes every value itself.

CREATE TABLE carrier (
  number smallint PRIMARY KEY CHECK (number BETWEEN 1 AND 255),
  id     text     NOT NULL UNIQUE
);
COMMENT ON TABLE carrier IS 'By which number chunks remember a carrier: given once, and to no other carrier ever';

-- The number of a carrier, given to it when it has none; null when all are given away.
CREATE FUNCTION carrier_number(wanted text) RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  most CONSTANT smallint := 255;
  given smallint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('carillon.carriers'));
  SELECT number INTO given FROM carrier WHERE id = wanted;
  IF given IS NULL AND (SELECT count(*) FROM carrier) < most THEN
    INSERT INTO carrier SELECT coalesce(max(number), 0) + 1, wanted FROM carrier RETURNING number INTO given;
  END IF;
  RETURN given;
END $$;

ALTER TABLE chunk ADD COLUMN routes bytea;
ALTER TABLE chunk ALTER COLUMN routes SET STORAGE EXTERNAL;
COMMENT ON COLUMN chunk.routes IS
  'One byte a message: the number of the carrier that it was marked for last, 0 for the provider of the job; null when all are 0';

ALTER TABLE attempt ADD COLUMN choice text;
COMMENT ON COLUMN attempt.choice IS 'Why it was given to that carrier; null where there was no choice';

-- Insert-only. Written for attempts whose receipts name the carrier's own ids; of all that is stored for a message the
-- index is the dearest, so it holds a hash of eight bytes, and the id itself is compared where that hits.
CREATE TABLE carrier_part (
  job_id     bigint      NOT NULL,
  chunk_no   int         NOT NULL,
  position   int         NOT NULL,
  attempt_no smallint    NOT NULL,
  part_no    smallint    NOT NULL,
  parts      smallint    NOT NULL,
  carrier    text        NOT NULL,
  id         text        NOT NULL,
  hash       bigint      NOT NULL,
  at         timestamptz NOT NULL
) PARTITION BY RANGE (job_id);
CREATE INDEX carrier_part_hash ON carrier_part (hash);
COMMENT ON COLUMN carrier_part.hash IS 'Of carrier and id, by the service (see CarrierPartHash)';
COMMENT ON COLUMN carrier_part.at IS 'When the carrier gave the id, which it may give again one day';

-- Only for attempts of several parts: a message is known by all of them together.
CREATE TABLE part_receipt (
  job_id     bigint   NOT NULL,
  position   int      NOT NULL,
  attempt_no smallint NOT NULL,
  part_no    smallint NOT NULL,
  kind       smallint NOT NULL,
  PRIMARY KEY (job_id, position, attempt_no, part_no)
) PARTITION BY RANGE (job_id);
COMMENT ON COLUMN part_receipt.kind IS 'The furthest that a receipt has told';

CREATE TABLE parked_receipt (
  number             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  carrier            text        NOT NULL,
  id                 text        NOT NULL,
  raw_id             text        NOT NULL,
  address            text        NOT NULL,
  kind               smallint    NOT NULL,
  reason             smallint,
  detail             text        NOT NULL,
  at                 timestamptz NOT NULL,
  parked_at          timestamptz NOT NULL,
  look_at            timestamptz,
  look_by_address_at timestamptz
);
COMMENT ON TABLE parked_receipt IS 'What carriers told about ids that nobody knows yet';
COMMENT ON COLUMN parked_receipt.id IS 'In the form in which answers give it; empty when the receipt names none';
COMMENT ON COLUMN parked_receipt.address IS 'Empty when it is not known, is of no use any more, or is erased';
COMMENT ON COLUMN parked_receipt.look_at IS 'When to look for its id again, which is ever more seldom; null when it names none';
COMMENT ON COLUMN parked_receipt.look_by_address_at IS 'When to look for its address again; null for never';
CREATE UNIQUE INDEX parked_receipt_once ON parked_receipt (carrier, id, kind) WHERE id <> '';
CREATE UNIQUE INDEX parked_receipt_nameless ON parked_receipt (carrier, address, kind) WHERE id = '';
CREATE INDEX parked_receipt_look ON parked_receipt (look_at);
CREATE INDEX parked_receipt_look_by_address ON parked_receipt (look_by_address_at)
  WHERE look_by_address_at IS NOT NULL;
CREATE INDEX parked_receipt_address ON parked_receipt (address) WHERE address <> '';

-- Forgets people in parked receipts, with what carriers said of them. One that names nothing else goes with them.
CREATE FUNCTION forget_parked_addresses(addresses text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM parked_receipt WHERE address = ANY (addresses) AND address <> '' AND id = '';
  UPDATE parked_receipt SET address = '', detail = '', look_by_address_at = NULL
    WHERE address = ANY (addresses) AND address <> '';
END $$;

-- Which node binds how often to a carrier that bounds it, until when by PostgreSQL's clock.
CREATE TABLE bind_slot (
  carrier text        NOT NULL,
  slot    smallint    NOT NULL CHECK (slot >= 1),
  owner   text        NOT NULL,
  until   timestamptz NOT NULL,
  PRIMARY KEY (carrier, slot)
);

-- The lowest slot of 1 to `slots` that nobody holds, taken for so long; null when there is none.
CREATE FUNCTION take_bind_slot(of_carrier text, by_owner text, slots int, hold interval)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  free int;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('carillon.bind_slots'), hashtext(of_carrier));
  SELECT n INTO free
    FROM generate_series(1, slots) AS n
    WHERE NOT EXISTS (
      SELECT FROM bind_slot b WHERE b.carrier = of_carrier AND b.slot = n AND b.until > clock_timestamp())
    ORDER BY n LIMIT 1;
  IF free IS NOT NULL THEN
    INSERT INTO bind_slot (carrier, slot, owner, until)
      VALUES (of_carrier, free, by_owner, clock_timestamp() + hold)
      ON CONFLICT (carrier, slot) DO UPDATE SET owner = excluded.owner, until = excluded.until;
  END IF;
  RETURN free;
END $$;

ALTER TABLE suppression
  ADD COLUMN number     bigint      GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN detail     text        NOT NULL DEFAULT '',
  ADD COLUMN created_by text        NOT NULL DEFAULT '',
  ADD COLUMN stored_at  timestamptz NOT NULL DEFAULT clock_timestamp();
UPDATE suppression SET reason = 'MANUAL'
  WHERE reason NOT IN ('STOP', 'HARD_BOUNCE', 'COMPLAINT', 'UNSUBSCRIBE', 'CARRIER_LIST', 'MANUAL');
ALTER TABLE suppression
  ALTER COLUMN detail DROP DEFAULT,
  ALTER COLUMN created_by DROP DEFAULT,
  ADD CHECK (reason IN ('STOP', 'HARD_BOUNCE', 'COMPLAINT', 'UNSUBSCRIBE', 'CARRIER_LIST', 'MANUAL'));
COMMENT ON COLUMN suppression.stored_at IS 'By PostgreSQL''s clock, so that every node knows what is new';
CREATE UNIQUE INDEX suppression_of_scope ON suppression (business_id, environment, number);
CREATE INDEX suppression_stored ON suppression (stored_at);

-- Whose messages have been handed to a carrier for an address since then, over a channel and from a sender of ours; those
-- that named no sender went out from whatever the carrier has for that. Settings as for found_messages.
CREATE FUNCTION writers_to(of_carrier text, of_channel text, wanted text, from_sender text, since timestamptz)
RETURNS TABLE (business_id bigint, environment text) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_mergejoin = off
SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
  RETURN QUERY
    SELECT DISTINCT j.business_id, j.environment
    FROM message m
    JOIN job j ON j.id = m.job_id
    JOIN chunk c
      ON c.job_id = m.job_id AND m.position >= c.first_position AND m.position < c.first_position + c.size
    WHERE m.address = wanted AND j.channel = of_channel AND j.created_at >= since
      AND (from_sender = '' OR CASE of_channel WHEN 'EMAIL' THEN j.mail_from ELSE j.sender END IN (from_sender, ''))
      AND get_byte(c.statuses, m.position - c.first_position) >> 5 > 0
      AND (
        EXISTS (
          SELECT FROM attempt a WHERE a.job_id = m.job_id AND a.position = m.position AND a.carrier = of_carrier)
        OR coalesce(
          (SELECT k.id FROM carrier k WHERE k.number = get_byte(c.routes, m.position - c.first_position)),
          j.provider) = of_carrier);
END $$;

-- What is bounded to partitions of a hundred thousand jobs each, with the new tables.
CREATE OR REPLACE FUNCTION ensure_partitions(up_to bigint) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 100000;
  made int := 0;
  parent text;
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('carillon.partitions'));
  FOR n IN 0 .. up_to / width LOOP
    FOREACH parent IN ARRAY ARRAY['message', 'chunk', 'attempt', 'receipt', 'carrier_part', 'part_receipt'] LOOP
      name := parent || '_p' || n;
      IF to_regclass(name) IS NULL AND n >= (SELECT coalesce(max(id), 0) FROM job) / width THEN
        EXECUTE format(
          'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)', name, parent, n * width, (n + 1) * width);
        IF parent = 'chunk' THEN
          EXECUTE format('ALTER TABLE %I SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.5)', name);
        END IF;
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

CREATE OR REPLACE FUNCTION bygone_partitions(settled_before timestamptz)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  width CONSTANT bigint := 100000;
BEGIN
  RETURN QUERY
    SELECT n
    FROM (
      SELECT DISTINCT substring(c.relname FROM '_p([0-9]+)$')::bigint AS n
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN (
        'message'::regclass, 'chunk'::regclass, 'attempt'::regclass, 'receipt'::regclass, 'carrier_part'::regclass,
        'part_receipt'::regclass)
    ) AS existing
    WHERE (SELECT created_at FROM job WHERE id >= (n + 1) * width ORDER BY id LIMIT 1) < settled_before
      AND NOT EXISTS (
        SELECT FROM job
        WHERE id >= n * width AND id < (n + 1) * width AND (settled_at IS NULL OR settled_at >= settled_before))
    ORDER BY n;
END $$;

CREATE OR REPLACE FUNCTION drop_bygone_table(settled_before timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 100000;
  parent text;
  name text;
  n bigint;
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  FOR n IN SELECT bygone_partitions(settled_before) LOOP
    CONTINUE WHEN EXISTS (SELECT FROM job WHERE id >= n * width AND id < (n + 1) * width);
    FOREACH parent IN ARRAY ARRAY['attempt', 'receipt', 'carrier_part', 'part_receipt', 'message', 'chunk'] LOOP
      name := parent || '_p' || n;
      IF to_regclass(name) IS NOT NULL THEN
        EXECUTE format('DROP TABLE %I', name);
        RETURN true;
      END IF;
    END LOOP;
  END LOOP;
  RETURN false;
END $$;

-- A function that is replaced loses its settings, though not its privileges.
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOREACH one IN ARRAY ARRAY['ensure_partitions(bigint)', 'drop_bygone_table(timestamptz)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = %I, pg_temp', one, current_schema());
  END LOOP;
END $$;

-- Jobs that were there before may still be answered.
DO $$
DECLARE
  width CONSTANT bigint := 100000;
  parent text;
  n bigint;
BEGIN
  FOR n IN
    SELECT substring(c.relname FROM '_p([0-9]+)$')::bigint
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'attempt'::regclass
  LOOP
    FOREACH parent IN ARRAY ARRAY['carrier_part', 'part_receipt'] LOOP
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
        parent || '_p' || n, parent, n * width, (n + 1) * width);
    END LOOP;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION raise_walls() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  kept_by_house CONSTANT text[] := ARRAY[
    'api_key', 'bind_slot', 'carrier_limit', 'carrier_part', 'leader', 'parked_receipt', 'part_receipt'];
  changed_by_house CONSTANT text[] := ARRAY['business', 'carrier', 'dispatch_switch'];
  -- where it names no business
  read_by_all CONSTANT text[] := ARRAY['price'];
  business CONSTANT text := 'nullif(current_setting(''carillon.business'', true), '''')::bigint';
  environment CONSTANT text := 'current_setting(''carillon.environment'', true)';
  one record;
  wall text;
  raised int := 0;
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO carillon_tenant, carillon_house', current_schema());
  FOR one IN
    SELECT
      c.oid::regclass AS name,
      c.relname::text AS plain_name,
      c.relkind = 'S' AS is_sequence,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'business_id' AND NOT attisdropped)
        AS has_business,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'environment' AND NOT attisdropped)
        AS has_environment,
      EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'tenant') AS has_wall
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S') AND NOT c.relispartition
      AND c.relname <> 'flyway_schema_history'
    ORDER BY c.relname
  LOOP
    IF one.is_sequence THEN
      EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO carillon_tenant, carillon_house', one.name);
      CONTINUE;
    END IF;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO carillon_house', one.name);
    IF one.plain_name = ANY (changed_by_house) THEN
      EXECUTE format('GRANT SELECT ON %s TO carillon_tenant', one.name);
    ELSIF one.plain_name <> ALL (kept_by_house) THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO carillon_tenant', one.name);
    END IF;
    CONTINUE WHEN one.has_wall OR NOT (one.has_business OR one.plain_name = 'business');
    wall := CASE WHEN one.has_business THEN 'business_id' ELSE 'id' END || ' = ' || business
      || CASE WHEN one.has_environment THEN ' AND environment = ' || environment ELSE '' END;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', one.name);
    EXECUTE format('CREATE POLICY tenant ON %s TO carillon_tenant USING (%s)', one.name, wall);
    EXECUTE format('CREATE POLICY house ON %s TO carillon_house USING (true)', one.name);
    IF one.plain_name = ANY (read_by_all) THEN
      EXECUTE format(
        'CREATE POLICY general ON %s FOR SELECT TO carillon_tenant USING (business_id IS NULL AND environment = %s)',
        one.name, environment);
    END IF;
    raised := raised + 1;
  END LOOP;
  RETURN raised;
END $$;
SELECT raise_walls();
