-- The second wall between tenants. Every statement says itself whose rows it means; beneath it PostgreSQL shows a
-- connection that serves calls only the rows of the business and environment that the caller's credential stands for
-- (PostgreSQL manual, 5.9 Row Security Policies). Rows that carry no business, such as messages, chunks and members of
-- groups, are reached through those that do.
--
-- Nobody logs in as one of these two roles: the service takes one on each of its connections. carillon_tenant serves
-- calls and sees what the settings carillon.business and carillon.environment of its connection say, which is nothing
-- while they say nothing. carillon_house serves the house itself: engine, keepers, operators.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['carillon_tenant', 'carillon_house'] LOOP
    IF to_regrole(wanted) IS NULL THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- roles are those of the whole server, and another database of it was just as far
      END;
    END IF;
    -- As one of them the owner of the tables goes on seeing its rows: row security is forced upon it, too.
    IF NOT pg_has_role(current_user, wanted, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted)
        || CASE WHEN current_setting('server_version_num')::int >= 160000 THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END;
    END IF;
    IF NOT pg_has_role(current_user, wanted, 'USAGE') THEN
      RAISE EXCEPTION '% does not inherit what the role % may', current_user, wanted
        USING HINT = format('ALTER ROLE %I INHERIT', current_user);
    END IF;
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'the roles carillon_tenant and carillon_house are needed, and % may not make them or take them on',
      current_user
    USING HINT = format(
      'somebody who may has to run: CREATE ROLE carillon_tenant NOLOGIN; CREATE ROLE carillon_house NOLOGIN;'
        ' GRANT carillon_tenant, carillon_house TO %I;', current_user);
END $$;

-- Lets both roles work with every table there is, and puts up the wall around each that carries a business and has none
-- yet. To be called by every migration that makes a table. Returns how many walls it has put up.
CREATE FUNCTION raise_walls() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  kept_by_house CONSTANT text[] := ARRAY['api_key', 'carrier_limit', 'leader'];
  changed_by_house CONSTANT text[] := ARRAY['business', 'dispatch_switch'];
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
REVOKE EXECUTE ON FUNCTION raise_walls() FROM PUBLIC;
SELECT raise_walls();

-- For people, who see of it what their own role may see.
ALTER VIEW message_status SET (security_invoker = true);

-- What is found by an index over arrays or documents is read by these views. Row security has every other condition wait
-- until a row is known to be the tenant's, unless its operator is marked as telling nobody anything (leakproof), which
-- those of such indexes are not (PostgreSQL manual, 41.5 Rules and Privileges): so the index would be of no use. Here
-- the wall is one condition among others: it holds as well, but the planner may begin at the index. A column that is
-- added to a table has to be added to its view.
CREATE VIEW own_recipient AS
SELECT * FROM recipient
WHERE (SELECT current_user = 'carillon_house')
  OR business_id = (SELECT nullif(current_setting('carillon.business', true), '')::bigint)
    AND environment = (SELECT current_setting('carillon.environment', true));
CREATE VIEW own_job AS
SELECT * FROM job
WHERE (SELECT current_user = 'carillon_house')
  OR business_id = (SELECT nullif(current_setting('carillon.business', true), '')::bigint)
    AND environment = (SELECT current_setting('carillon.environment', true));
GRANT SELECT ON own_recipient, own_job TO carillon_tenant, carillon_house;

-- When the oldest transaction began that is still under way in a session of this service, but for this one; infinity when
-- there is none. As the owner, because nobody else sees what the sessions of a role do that is not its own: a time that
-- is kept back must not pass for none.
CREATE FUNCTION oldest_transaction() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF NOT (pg_has_role(current_user, session_user, 'USAGE') OR pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')) THEN
    RAISE EXCEPTION '% may not see the transactions of %', current_user, session_user;
  END IF;
  RETURN (
    SELECT coalesce(min(xact_start), 'infinity')
    FROM pg_stat_activity
    WHERE datname = current_database() AND usename = session_user AND backend_type = 'client backend'
      AND pid <> pg_backend_pid());
END $$;

-- Ends sessions of this service that wait for their client in the middle of a statement and have done so for too long:
-- those of the engine, and all others. Returns how many.
CREATE FUNCTION end_frozen_sessions(of_engine interval, of_calls interval) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- a filter is looked at only for rows that the WHERE clause has left
  RETURN (
    SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
    FROM pg_stat_activity
    WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()
      AND state = 'active' AND wait_event_type = 'Client' AND wait_event = 'ClientRead'
      AND CASE application_name
        WHEN 'carillon-engine' THEN query_start < clock_timestamp() - of_engine
        WHEN 'carillon-calls' THEN query_start < clock_timestamp() - of_calls
        WHEN 'carillon-house' THEN query_start < clock_timestamp() - of_calls
        ELSE false
      END);
END $$;

-- Takes new statistics of recipients if the old ones are useless: the table has ten times as many pages as then, and a
-- few. Tells whether it did.
CREATE FUNCTION refresh_recipient_statistics() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF (
    SELECT pg_relation_size(oid) / current_setting('block_size')::int > 100 + 10 * relpages
    FROM pg_class WHERE oid = 'recipient'::regclass)
  THEN
    ANALYZE recipient;
    RETURN true;
  END IF;
  RETURN false;
END $$;

-- Only the owner of a table may make and drop its partitions, summarise its indexes and take its statistics.
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOREACH one IN ARRAY ARRAY[
    'ensure_partitions(bigint)', 'drop_bygone_table(timestamptz)', 'summarize_messages()', 'oldest_transaction()',
    'end_frozen_sessions(interval, interval)', 'refresh_recipient_statistics()']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = %I, pg_temp', one, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO carillon_house', one);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION refresh_recipient_statistics() TO carillon_tenant;
