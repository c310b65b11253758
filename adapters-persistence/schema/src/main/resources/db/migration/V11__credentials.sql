-- Businesses with what was agreed with them, API keys with scopes and an end, and who changed what.

ALTER TABLE business
  ADD COLUMN stopped_at          timestamptz,
  ADD COLUMN stopped_by          text,
  ADD COLUMN stop_reason         text,
  ADD COLUMN refunds_undelivered boolean NOT NULL DEFAULT false,
  ADD COLUMN charges_unknown     boolean NOT NULL DEFAULT false,
  ADD COLUMN low_balance         bigint,
  ADD COLUMN jobs_per_hour       int CHECK (jobs_per_hour >= 0),
  ADD COLUMN requests_per_second int CHECK (requests_per_second >= 0),
  ADD COLUMN recipients_per_day  bigint CHECK (recipients_per_day >= 0),
  ADD COLUMN updated_at          timestamptz,
  ADD COLUMN version             bigint NOT NULL DEFAULT 1,
  ADD CHECK (num_nulls(stopped_at, stopped_by, stop_reason) IN (0, 3));
COMMENT ON COLUMN business.stopped_at IS 'Nothing of it is handed over, and nothing new accepted, while this is set';
COMMENT ON COLUMN business.refunds_undelivered IS 'What was taken and then did not arrive is given back';
COMMENT ON COLUMN business.charges_unknown IS 'What was never settled is not given back';
COMMENT ON COLUMN business.low_balance IS 'In micros; it is told when its balance falls below. Null for never';
COMMENT ON COLUMN business.jobs_per_hour IS 'Null for what is configured, 0 for without limit; so are the other two';
COMMENT ON COLUMN business.updated_at IS 'Null while it is as it was made';
CREATE INDEX business_stopped ON business (id) WHERE stopped_at IS NOT NULL;

ALTER TABLE api_key
  ADD COLUMN number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN scopes       text[],
  ADD COLUMN expires_at   timestamptz,
  ADD COLUMN last_used_at timestamptz,
  ADD COLUMN created_by   text,
  ADD COLUMN revoked_by   text;
COMMENT ON COLUMN api_key.number IS 'In the order in which they were made';
COMMENT ON COLUMN api_key.scopes IS 'The permissions of its role that it is for; null for all';
COMMENT ON COLUMN api_key.last_used_at IS 'To the minute or so; null while it was never used';
COMMENT ON COLUMN api_key.created_by IS 'Null for keys that the house made itself';
CREATE INDEX api_key_of_business ON api_key (business_id, number DESC);

-- Written in the transaction of the change that it tells of.
CREATE TABLE audit_entry (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL,
  actor       text        NOT NULL,
  role        text        NOT NULL,
  business_id bigint      REFERENCES business,
  environment text        CHECK (environment IN ('TEST', 'LIVE')),
  action      text        NOT NULL,
  subject     text        NOT NULL,
  before      jsonb       NOT NULL,
  after       jsonb       NOT NULL
);
COMMENT ON TABLE audit_entry IS 'Append-only. Never secrets, addresses of recipients or texts of messages';
COMMENT ON COLUMN audit_entry.business_id IS 'Whose the changed thing is; null for what is everybody''s';
CREATE INDEX audit_entry_of_business ON audit_entry (business_id, id DESC);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
