-- Nodes that run while a newer one migrates: what they do not know of, such as routes, they must not send by. The number
-- grows with each migration that an older engine would send wrongly by.

CREATE FUNCTION least_engine() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 18';

-- Sessions of the service tell which engine they belong to; those before this migration tell nothing.
CREATE FUNCTION engine_fits() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce(nullif(current_setting('carillon.engine', true), ''), '0')::int >= least_engine();
END $$;

-- Read in every lock of a chunk. A node that is too old gives back what it has leased and marks nothing more.
CREATE OR REPLACE FUNCTION dispatch_allowed() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN engine_fits()
    AND coalesce((SELECT allowed AND confirmed_timeline = store_timeline() FROM dispatch_switch), false);
END $$;

SELECT raise_walls();
