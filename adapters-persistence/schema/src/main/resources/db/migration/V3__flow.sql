-- How fast messages may go: what operators set, what carriers taught, and the buckets that all nodes take permits from.

CREATE TABLE carrier_limit (
  carrier     text             PRIMARY KEY,
  per_second  double precision NOT NULL CHECK (per_second >= 0),
  window_size int              NOT NULL CHECK (window_size >= 0),
  enabled     boolean          NOT NULL,
  cut_to      double precision NOT NULL CHECK (cut_to >= 0),
  cut_at      timestamptz,
  set_by      text,
  set_at      timestamptz
);
COMMENT ON COLUMN carrier_limit.per_second IS '0 for no limit';
COMMENT ON COLUMN carrier_limit.window_size IS '0 for the carrier''s own';
COMMENT ON COLUMN carrier_limit.cut_at IS 'When it was too busy and was slowed down to cut_to; null if that never was';
COMMENT ON COLUMN carrier_limit.set_by IS 'Null while nobody set anything';

CREATE TABLE sender_limit (
  business_id bigint           NOT NULL,
  environment text             NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  sender      text             NOT NULL,
  per_second  double precision NOT NULL CHECK (per_second > 0),
  set_by      text             NOT NULL,
  set_at      timestamptz      NOT NULL,
  PRIMARY KEY (business_id, environment, sender)
);

-- Token buckets in the form of the generic cell rate algorithm (ITU-T I.371, annex A): one instant says it all. Not
-- logged, so that a permit waits for no disk and no standby; after a crash every bucket is full again, which is a
-- fifth of a second's worth.
CREATE UNLOGGED TABLE flow_bucket (
  key     text        PRIMARY KEY,
  free_at timestamptz NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 1000);
COMMENT ON COLUMN flow_bucket.free_at IS
  'Up to when all that the limit yields is given away: before now something is saved up, after now something is owed';

-- The seconds of yield that a bucket has saved up; less than 0 when some are owed. A clock that was set back cannot
-- make it owe more than a fifth of a second.
CREATE FUNCTION flow_saved(free_at timestamptz, rate double precision, moment timestamptz)
RETURNS double precision LANGUAGE sql STABLE AS $$
  SELECT least(
    greatest(0.2, 1 / rate),
    extract(epoch FROM moment - least(free_at, moment + interval '200 ms'))::double precision)
$$;

-- Takes as many as all the limits allow, at most `wanted`, or says in how many seconds there will be one. Keys differ
-- from each other. Rows are locked in the order of their keys; the time is that after the last lock.
CREATE FUNCTION take_permits(
  keys text[], rates double precision[], wanted int, ahead boolean,
  OUT permits int, OUT wait_seconds double precision) LANGUAGE plpgsql AS $$
DECLARE
  lead CONSTANT double precision := CASE WHEN ahead THEN 0.2 ELSE 0 END;
  -- what rounding may have taken from a whole permit
  slack CONSTANT double precision := 1e-6;
  moment timestamptz;
  found_rows int;
BEGIN
  LOOP
    PERFORM FROM flow_bucket b WHERE b.key = ANY (keys) ORDER BY b.key FOR UPDATE;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    EXIT WHEN found_rows >= cardinality(keys);
    -- the only place where buckets are made, so the place to forget those that nobody has used for long
    DELETE FROM flow_bucket WHERE key IN (
      SELECT o.key FROM flow_bucket o WHERE o.free_at < clock_timestamp() - interval '7 days' AND o.key <> ALL (keys)
      LIMIT 100 FOR UPDATE SKIP LOCKED);
    INSERT INTO flow_bucket (key, free_at)
      SELECT k, 'epoch' FROM unnest(keys) k ORDER BY k ON CONFLICT DO NOTHING;
  END LOOP;
  moment := clock_timestamp();
  SELECT
      least(wanted, greatest(0, min(floor((flow_saved(b.free_at, a.rate, moment) + lead) * a.rate + slack))))::int,
      greatest(0, max(1 / a.rate - flow_saved(b.free_at, a.rate, moment) - lead))
    INTO permits, wait_seconds
    FROM unnest(keys, rates) AS a(key, rate) JOIN flow_bucket b USING (key);
  IF permits > 0 THEN
    wait_seconds := 0;
    UPDATE flow_bucket b
      SET free_at = moment + make_interval(secs => permits / a.rate - flow_saved(b.free_at, a.rate, moment))
      FROM unnest(keys, rates) AS a(key, rate) WHERE b.key = a.key;
  END IF;
END $$;

-- Puts permits back.
CREATE FUNCTION give_back_permits(keys text[], rates double precision[], unused int) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM flow_bucket b WHERE b.key = ANY (keys) ORDER BY b.key FOR UPDATE;
  UPDATE flow_bucket b SET free_at = b.free_at - make_interval(secs => unused / a.rate)
    FROM unnest(keys, rates) AS a(key, rate) WHERE b.key = a.key;
END $$;
