-- How much was used of what callers may do only so often.

CREATE TABLE job_quota (
  business_id bigint        NOT NULL REFERENCES business,
  environment text          NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  principal   text          NOT NULL,
  made_at     timestamptz[] NOT NULL,
  PRIMARY KEY (business_id, environment, principal)
) WITH (fillfactor = 50);
COMMENT ON COLUMN job_quota.made_at IS
  'When the key or user made its jobs of the last hour, by the time of the service, the oldest first';

CREATE TABLE recipient_quota (
  business_id bigint NOT NULL REFERENCES business,
  environment text   NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  day         date   NOT NULL,
  recipients  bigint NOT NULL CHECK (recipients > 0),
  PRIMARY KEY (business_id, environment, day)
) WITH (fillfactor = 50);
COMMENT ON COLUMN recipient_quota.day IS 'Of UTC, by the time of the service';

-- Takes requests from the bucket of a key, as many as the limit has yielded, at most `wanted`, or says in how many
-- seconds there will be one. A second's worth can have been saved up; nothing is ever owed.
CREATE FUNCTION take_requests(
  bucket text, rate double precision, wanted int,
  OUT permits int, OUT wait_seconds double precision) LANGUAGE plpgsql AS $$
DECLARE
  -- what rounding may have taken from a whole permit
  slack CONSTANT double precision := 1e-6;
  moment timestamptz;
  freed timestamptz;
  saved double precision;
BEGIN
  LOOP
    SELECT b.free_at INTO freed FROM flow_bucket b WHERE b.key = bucket FOR UPDATE;
    EXIT WHEN FOUND;
    DELETE FROM flow_bucket WHERE key IN (
      SELECT o.key FROM flow_bucket o WHERE o.free_at < clock_timestamp() - interval '7 days' AND o.key <> bucket
      LIMIT 100 FOR UPDATE SKIP LOCKED);
    INSERT INTO flow_bucket (key, free_at) VALUES (bucket, 'epoch') ON CONFLICT DO NOTHING;
  END LOOP;
  moment := clock_timestamp();
  saved := least(1, extract(epoch FROM moment - least(freed, moment))::double precision);
  permits := least(wanted, floor(saved * rate + slack))::int;
  wait_seconds := CASE WHEN permits > 0 THEN 0 ELSE greatest(0, 1 / rate - saved) END;
  -- A clock that was set back leaves a bucket that is freed in the future; it yields again from now on.
  IF permits > 0 OR freed > moment THEN
    UPDATE flow_bucket b SET free_at = moment - make_interval(secs => saved - permits / rate) WHERE b.key = bucket;
  END IF;
END $$;

-- Permits as before, but that a clock which was set back shuts no bucket until the same time comes round again: nothing is
-- ever owed for more than a fifth of a second.
CREATE OR REPLACE FUNCTION take_permits(
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
  UPDATE flow_bucket b SET free_at = moment + interval '200 ms'
    WHERE b.key = ANY (keys) AND b.free_at > moment + interval '200 ms';
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
