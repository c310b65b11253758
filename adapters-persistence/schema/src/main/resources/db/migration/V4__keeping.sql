-- What keeps the house: whether this history of the store may be dispatched from, who leads, and what is forgotten.

ALTER TABLE api_key DROP CONSTRAINT api_key_role_check;
ALTER TABLE api_key ADD CONSTRAINT api_key_role_check CHECK (role IN ('USER', 'ADMIN_USER', 'AGENT', 'OPERATOR'));

-- The timeline of this server's log: it changes with every promotion and every recovery to a point in time. The first
-- eight digits of a log file's name (PostgreSQL manual, "WAL Internals"). Null while the server is a standby.
CREATE FUNCTION store_timeline() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF pg_is_in_recovery() THEN
    RETURN NULL;
  END IF;
  RETURN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint;
END $$;

-- How far the log is on disk, in bytes: what has come that far survives a crash, so that only a restore brings a
-- server back behind it. Null while the server is a standby.
CREATE FUNCTION store_position() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF pg_is_in_recovery() THEN
    RETURN NULL;
  END IF;
  RETURN pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint;
END $$;

-- Which server this is, made when its cluster was initialised. Any role may read it on PostgreSQL 15 to 18; empty where
-- that was revoked (it needs EXECUTE on pg_control_system()).
CREATE FUNCTION store_system() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT system_identifier::text FROM pg_control_system());
EXCEPTION WHEN insufficient_privilege THEN
  RETURN '';
END $$;

-- One row. Nobody has been told of it anything yet who could know more than this server: the start of its history.
CREATE TABLE dispatch_switch (
  id                 boolean     PRIMARY KEY CHECK (id),
  allowed            boolean     NOT NULL,
  reason             text        NOT NULL,
  changed_at         timestamptz NOT NULL,
  changed_by         text        NOT NULL,
  confirmed_system   text        NOT NULL,
  confirmed_timeline bigint      NOT NULL,
  confirmed_position bigint      NOT NULL
);
INSERT INTO dispatch_switch
  VALUES (true, true, '', now(), 'first start', store_system(), store_timeline(), store_position());

-- Whether messages may be marked: read in every lock of a chunk, so that none is marked on a timeline that nobody has
-- confirmed, from its very first moment. PL/pgSQL keeps its plan.
CREATE FUNCTION dispatch_allowed() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce((SELECT allowed AND confirmed_timeline = store_timeline() FROM dispatch_switch), false);
END $$;

-- Who does which duty of the house, until when by PostgreSQL's clock.
CREATE TABLE leader (
  duty  text        PRIMARY KEY,
  node  text        NOT NULL,
  until timestamptz NOT NULL
);

-- Partitions of a hundred thousand jobs each (see ensure_partitions) whose jobs are all over: none of them is unsettled
-- or settled since, and the first job after them was accepted before that time, so that nobody is still about to write
-- into them.
CREATE FUNCTION bygone_partitions(settled_before timestamptz) RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  width CONSTANT bigint := 100000;
BEGIN
  RETURN QUERY
    SELECT n
    FROM (
      SELECT DISTINCT substring(c.relname FROM '_p([0-9]+)$')::bigint AS n
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN ('message'::regclass, 'chunk'::regclass, 'attempt'::regclass, 'receipt'::regclass)
    ) AS existing
    WHERE (SELECT created_at FROM job WHERE id >= (n + 1) * width ORDER BY id LIMIT 1) < settled_before
      AND NOT EXISTS (
        SELECT FROM job
        WHERE id >= n * width AND id < (n + 1) * width AND (settled_at IS NULL OR settled_at >= settled_before))
    ORDER BY n;
END $$;

-- Forgets jobs of bygone partitions, at most so many; with its row a job is gone for everybody. Tells how many.
CREATE FUNCTION forget_jobs(settled_before timestamptz, most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 100000;
  forgotten int := 0;
  gone int;
  n bigint;
BEGIN
  FOR n IN SELECT bygone_partitions(settled_before) LOOP
    DELETE FROM job WHERE id IN (
      SELECT id FROM job WHERE id >= n * width AND id < (n + 1) * width ORDER BY id LIMIT most - forgotten);
    GET DIAGNOSTICS gone = ROW_COUNT;
    forgotten := forgotten + gone;
    EXIT WHEN forgotten >= most;
  END LOOP;
  RETURN forgotten;
END $$;

-- Drops the next table of a bygone partition that has no job any more; false when there is none. One table a call and a
-- transaction, so that it never holds one while it waits for another, and waits at most two seconds.
CREATE FUNCTION drop_bygone_table(settled_before timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  width CONSTANT bigint := 100000;
  parent text;
  name text;
  n bigint;
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  FOR n IN SELECT bygone_partitions(settled_before) LOOP
    CONTINUE WHEN EXISTS (SELECT FROM job WHERE id >= n * width AND id < (n + 1) * width);
    FOREACH parent IN ARRAY ARRAY['attempt', 'receipt', 'message', 'chunk'] LOOP
      name := parent || '_p' || n;
      IF to_regclass(name) IS NOT NULL THEN
        EXECUTE format('DROP TABLE %I', name);
        RETURN true;
      END IF;
    END LOOP;
  END LOOP;
  RETURN false;
END $$;
