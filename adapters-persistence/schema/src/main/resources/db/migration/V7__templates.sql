-- Templates in versions that never change, and what jobs and messages keep of how their content is filled.

CREATE TABLE template (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  template_id uuid        NOT NULL UNIQUE,
  business_id bigint      NOT NULL REFERENCES business,
  environment text        NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  name        text        NOT NULL,
  description text        NOT NULL,
  channel     text        NOT NULL CHECK (channel IN ('SMS', 'WHATSAPP', 'EMAIL')),
  latest      int         NOT NULL CHECK (latest > 0),
  revision    int         NOT NULL CHECK (revision > 0),
  created_by  text        NOT NULL,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  UNIQUE (business_id, environment, name)
);
CREATE INDEX template_of_scope ON template (business_id, environment, id DESC);
COMMENT ON COLUMN template.latest IS 'The number of its latest version';
COMMENT ON COLUMN template.revision IS 'Grows with every change, of its name too';

CREATE TABLE template_version (
  template          bigint      NOT NULL REFERENCES template ON DELETE CASCADE,
  version           int         NOT NULL CHECK (version > 0),
  syntax            text        NOT NULL CHECK (syntax IN ('PLAIN', 'MUSTACHE')),
  default_variables jsonb       NOT NULL,
  text              text        NOT NULL,
  sender            text        NOT NULL,
  subject           text        NOT NULL,
  html              text        NOT NULL,
  mail_from         text        NOT NULL,
  reply_to          text        NOT NULL,
  headers           jsonb       NOT NULL,
  whatsapp_name       text,
  whatsapp_language   text,
  whatsapp_parameters jsonb,
  created_by        text        NOT NULL,
  created_at        timestamptz NOT NULL,
  PRIMARY KEY (template, version)
);
COMMENT ON TABLE template_version IS 'Written once';

-- Jobs that were there before are sent as they were written, whatever braces they hold.
ALTER TABLE job
  ADD COLUMN syntax            text NOT NULL DEFAULT 'PLAIN' CHECK (syntax IN ('PLAIN', 'MUSTACHE')),
  ADD COLUMN default_variables jsonb,
  ADD COLUMN pinned_template   uuid,
  ADD COLUMN pinned_version    int CHECK (pinned_version > 0),
  ADD CHECK (num_nulls(pinned_template, pinned_version) IN (0, 2));
ALTER TABLE job ALTER COLUMN syntax DROP DEFAULT;
COMMENT ON COLUMN job.default_variables IS 'Values of variables that an entry gives none for; null for none';
COMMENT ON COLUMN job.pinned_template IS 'What it was made of; the template itself may be gone';

ALTER TABLE message
  ADD COLUMN variables       jsonb,
  ADD COLUMN rejected_detail text;
COMMENT ON COLUMN message.variables IS 'Values of its own for variables of the job''s content; null for none';
COMMENT ON COLUMN message.rejected_detail IS 'What a rejected entry lacks, such as the name of a variable; null for nothing';
