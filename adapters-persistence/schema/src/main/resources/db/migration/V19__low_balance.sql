-- A balance that falls below what its owner wants to be told is told whatever made it fall, not only by a hold.

-- Does what book_money did, and says whether the balance fell: then what it was and is, and below what its owner wants to
-- be told; else these are null. What is only taken touches no balance.
CREATE FUNCTION move_money(
  for_job bigint, for_chunk int, taken bigint, returned bigint, moment timestamptz,
  OUT of_business bigint, OUT of_environment text, OUT in_currency text,
  OUT was_available bigint, OUT now_available bigint, OUT told_below bigint) LANGUAGE plpgsql AS $$
DECLARE
  books record;
  recharged bigint := 0;
  indebted bigint := 0;
  repaid bigint := 0;
BEGIN
  IF returned <> 0 THEN
    SELECT a.business_id, a.environment, a.currency, a.available, a.owed INTO STRICT books
      FROM account a JOIN job j ON j.business_id = a.business_id AND j.environment = a.environment
      WHERE j.id = for_job
      FOR NO KEY UPDATE OF a;
    IF returned > 0 THEN
      repaid := least(returned, books.owed);
    ELSE
      recharged := least(-returned, books.available);
      indebted := -returned - recharged;
    END IF;
    UPDATE account a
      SET available = a.available - recharged + greatest(returned, 0) - repaid, owed = a.owed + indebted - repaid
      WHERE a.business_id = books.business_id AND a.environment = books.environment;
    IF recharged > 0 THEN
      of_business := books.business_id;
      of_environment := books.environment;
      in_currency := books.currency;
      was_available := books.available;
      now_available := books.available - recharged;
      SELECT b.low_balance INTO told_below FROM business b WHERE b.id = books.business_id;
    END IF;
  END IF;
  -- in an order in which no account is less than nothing in between
  INSERT INTO ledger_entry (
      business_id, environment, kind, amount, currency, job_id, bulk_id, chunk_no, created_by, at)
    SELECT
      j.business_id, j.environment, entry.kind, entry.amount, j.currency, entry.of_job,
      CASE WHEN entry.of_job IS NOT NULL THEN j.bulk_id END, entry.of_chunk, '', moment
    FROM job j
    CROSS JOIN (
      VALUES
        (1, 7, recharged, for_job, for_chunk),
        (2, 8, indebted, for_job, for_chunk),
        (3, 5, -taken, for_job, for_chunk),
        (4, 4, taken, for_job, for_chunk),
        (5, 6, returned, for_job, for_chunk),
        (6, 9, repaid, NULL, NULL)
    ) AS entry(place, kind, amount, of_job, of_chunk)
    WHERE j.id = for_job AND entry.amount > 0
    ORDER BY entry.place;
END $$;

-- For nodes of the version before, which do not tell.
CREATE OR REPLACE FUNCTION book_money(for_job bigint, for_chunk int, taken bigint, returned bigint, moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM move_money(for_job, for_chunk, taken, returned, moment);
END $$;
