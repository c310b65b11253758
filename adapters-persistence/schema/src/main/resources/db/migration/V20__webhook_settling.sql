-- Attempts at an endpoint that end together are settled together.

-- Takes the lock under which all is decided about an endpoint's deliveries, and tells how the endpoint stands, the newest row
-- of events of which nothing is kept any more, and which of these deliveries are to be tried, with their fences; no row when
-- the endpoint was deleted.
CREATE FUNCTION begin_settling(of_endpoint bigint, numbers bigint[])
RETURNS TABLE (
  failures int, failing_since timestamptz, slow boolean, dropped bigint, waiting bigint[], attempts int[], tries int[])
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
  q webhook_queue;
BEGIN
  SELECT w.* INTO q FROM webhook_queue w WHERE w.endpoint = of_endpoint FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- a statement of its own: it sees what others decided before the lock was taken
  RETURN QUERY
    SELECT q.failures, q.failing_since, q.slow, (SELECT c.dropped FROM event_counter c),
      array_agg(d.event_number), array_agg(d.attempts), array_agg(d.tries)
    FROM webhook_waiting d WHERE d.endpoint = of_endpoint AND d.event_number = ANY (numbers);
END $$;

-- As settle_delivery, for attempts at deliveries of an endpoint one after the other; the next ones are due in so many
-- microseconds. What they leave free is looked for at once, unless the endpoint is to be left alone. To be called after
-- begin_settling.
CREATE FUNCTION settle_deliveries(
  of_endpoint bigint, numbers bigint[], of_attempts int[], of_tries int[], as_states smallint[], next_due_in bigint[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1 .. cardinality(numbers) LOOP
    PERFORM settle_delivery(
      of_endpoint, numbers[i], of_attempts[i], of_tries[i], as_states[i], next_due_in[i] * interval '1 microsecond');
  END LOOP;
  -- Not where it changes nothing: many attempts end well between two looks at the queue.
  UPDATE webhook_queue q SET next_look = greatest(clock_timestamp(), q.open_until)
  WHERE q.endpoint = of_endpoint AND q.next_look > greatest(clock_timestamp(), q.open_until);
END $$;
