-- Money: what messages cost, what every job set aside and what became of that, and the books of every business. All
-- amounts are micros: millionths of a unit of their currency.

ALTER TABLE job
  ADD COLUMN line_prices         bigint[],
  ADD COLUMN line_parts          int[],
  ADD COLUMN line_costs          bigint[],
  ADD COLUMN refunds_undelivered boolean NOT NULL DEFAULT false,
  ADD COLUMN refunds_lost        boolean NOT NULL DEFAULT true,
  ADD CHECK (num_nulls(line_prices, line_parts, line_costs) IN (0, 3)),
  ADD CHECK (captured >= 0 AND refunded >= 0 AND captured + refunded <= held);
ALTER TABLE job
  ALTER COLUMN refunds_undelivered DROP DEFAULT,
  ALTER COLUMN refunds_lost DROP DEFAULT;
COMMENT ON COLUMN job.held IS 'What all of it costs, set aside when it was accepted';
COMMENT ON COLUMN job.captured IS 'What carriers took, of closed chunks only; so is what was given back';
COMMENT ON COLUMN job.line_prices IS
  'The lines of its bill: ids of prices, 0 for none; billed parts and costs of a message are at the same places of the next two';
COMMENT ON COLUMN job.refunds_undelivered IS
  'As it held when the job was accepted: what was taken and then did not arrive is given back';
COMMENT ON COLUMN job.refunds_lost IS
  'As it held when the job was accepted: what nothing settled in time is given back';
-- What is still set aside for a business is summed over these.
CREATE INDEX job_with_money ON job (business_id, environment) WHERE settled_at IS NULL AND held > 0;

-- The lines come last: they never change, and what a row ends with is left out of the log of its changes.
ALTER TABLE chunk
  ADD COLUMN captured bigint NOT NULL DEFAULT 0,
  ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
  ADD COLUMN lines    bytea;
ALTER TABLE chunk ALTER COLUMN lines SET STORAGE EXTERNAL;
COMMENT ON COLUMN chunk.captured IS 'What of it is booked as taken by carriers, counted from its bytes in the same write';
COMMENT ON COLUMN chunk.refunded IS 'What of it is booked as given back: nothing before it closes';
COMMENT ON COLUMN chunk.lines IS
  'Which line of the bill, from 0, each message has: two bytes a message, the high one first; or two for all; null when nothing costs anything';

-- An upload of whatever length costs no more than its owner allows. A frequency cap was never taken for an upload.
ALTER TABLE upload
  DROP COLUMN cap_messages,
  DROP COLUMN cap_seconds,
  ADD COLUMN max_cost bigint CHECK (max_cost >= 0);

-- What is told outward about a balance concerns no job.
ALTER TABLE outbox
  ALTER COLUMN job_id DROP NOT NULL,
  ALTER COLUMN bulk_id DROP NOT NULL,
  ALTER COLUMN status DROP NOT NULL,
  ALTER COLUMN total_recipients DROP NOT NULL,
  ALTER COLUMN success_count DROP NOT NULL,
  ALTER COLUMN failure_count DROP NOT NULL,
  ADD COLUMN currency  text,
  ADD COLUMN available bigint,
  ADD COLUMN low       bigint,
  ADD CHECK (num_nulls(job_id, bulk_id, status, total_recipients, success_count, failure_count) IN (0, 6)),
  ADD CHECK (num_nulls(currency, available, low) IN (0, 3)),
  ADD CHECK (num_nonnulls(job_id, available) = 1);

-- Units: 1 for each billed part, 2 for each message. A price never changes, but for the end of its time; one that was
-- taken out before it held ends where it begins.
CREATE TABLE price (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_id bigint      REFERENCES business,
  environment text        NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  channel     text        NOT NULL COLLATE "C" CHECK (channel IN ('SMS', 'WHATSAPP', 'EMAIL')),
  country     text        NOT NULL COLLATE "C" CHECK (country ~ '^([A-Z]{2})?$'),
  prefix      text        NOT NULL COLLATE "C" CHECK (prefix ~ '^(\+[1-9][0-9]{0,14})?$'),
  unit        smallint    NOT NULL CHECK (unit IN (1, 2)),
  currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  micros      bigint      NOT NULL CHECK (micros >= 0),
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz CHECK (valid_to >= valid_from),
  created_by  text        NOT NULL,
  created_at  timestamptz NOT NULL,
  CHECK (country = '' OR prefix = '')
);
COMMENT ON COLUMN price.business_id IS 'Whose price it is; null for everybody''s who has none of their own';
COMMENT ON COLUMN price.country IS 'ISO 3166-1 alpha-2; empty for any';
COMMENT ON COLUMN price.prefix IS 'What numbers begin with, with the plus; empty for any';
CREATE UNIQUE INDEX price_since
  ON price (coalesce(business_id, 0), environment, currency, channel, country, prefix, valid_from)
  WHERE valid_to IS NULL OR valid_to > valid_from;

-- What may be spent and what is owed, each the sum of its entries. Who owes has nothing left.
CREATE TABLE account (
  business_id bigint NOT NULL REFERENCES business,
  environment text   NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  currency    text   NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  available   bigint NOT NULL CHECK (available >= 0),
  owed        bigint NOT NULL CHECK (owed >= 0),
  PRIMARY KEY (business_id, environment),
  CHECK (available = 0 OR owed = 0)
) WITH (fillfactor = 50);

-- Each entry moves an amount from one account of its kind to the other, so that all of them come to nothing together.
-- Kinds: 1 TOP_UP, 2 CORRECTION, 3 HOLD, 4 CAPTURE, 5 REVERSAL, 6 REFUND, 7 RECHARGE, 8 DEBT, 9 REPAYMENT. No foreign
-- keys: they would be looked at for every entry, and the books outlive the jobs.
CREATE TABLE ledger_entry (
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  business_id bigint      NOT NULL,
  environment text        NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  kind        smallint    NOT NULL CHECK (kind BETWEEN 1 AND 9),
  amount      bigint      NOT NULL CHECK (amount > 0),
  currency    text        NOT NULL,
  job_id      bigint,
  bulk_id     uuid,
  chunk_no    int,
  reference   text        CHECK (reference IS NULL OR kind IN (1, 2)),
  created_by  text        NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (business_id, environment, id),
  CHECK (num_nulls(job_id, bulk_id) IN (0, 2))
);
COMMENT ON TABLE ledger_entry IS 'Append-only';
COMMENT ON COLUMN ledger_entry.bulk_id IS 'Of the same job: entries are kept when the job is forgotten';
COMMENT ON COLUMN ledger_entry.chunk_no IS 'Of whose messages it is; null when it concerns the whole job, or none';
COMMENT ON COLUMN ledger_entry.reference IS 'Of a top-up, as its maker gave it';
COMMENT ON COLUMN ledger_entry.created_by IS 'Empty for what carriers and the clock brought about';
CREATE INDEX ledger_entry_of_job ON ledger_entry (bulk_id) WHERE bulk_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_entry_reference ON ledger_entry (business_id, environment, reference)
  WHERE reference IS NOT NULL;
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- Sets an amount aside for a job, if the balance pays for it. What was available before is null when there are no books.
CREATE FUNCTION hold_money(
  of_business bigint, of_environment text, for_job bigint, wanted bigint, by_whom text, moment timestamptz,
  OUT was_available bigint, OUT in_currency text, OUT told_below bigint) LANGUAGE plpgsql AS $$
BEGIN
  SELECT a.available, a.currency INTO was_available, in_currency
    FROM account a WHERE a.business_id = of_business AND a.environment = of_environment
    FOR NO KEY UPDATE;
  IF was_available >= wanted THEN
    UPDATE account a SET available = a.available - wanted
      WHERE a.business_id = of_business AND a.environment = of_environment;
    INSERT INTO ledger_entry (business_id, environment, kind, amount, currency, job_id, bulk_id, created_by, at)
      SELECT of_business, of_environment, 3, wanted, in_currency, j.id, j.bulk_id, by_whom, moment
      FROM job j WHERE j.id = for_job;
    SELECT b.low_balance INTO told_below FROM business b WHERE b.id = of_business;
  END IF;
END $$;

-- Books what moved of a chunk: what carriers took, or less than before, and what is given back, or less than before. In
-- an order in which no account is less than nothing in between. What is only taken touches no balance.
CREATE FUNCTION book_money(for_job bigint, for_chunk int, taken bigint, returned bigint, moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  books record;
  recharged bigint := 0;
  indebted bigint := 0;
  repaid bigint := 0;
BEGIN
  IF returned <> 0 THEN
    SELECT a.business_id, a.environment, a.available, a.owed INTO STRICT books
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
  END IF;
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
