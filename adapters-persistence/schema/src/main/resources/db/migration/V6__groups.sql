-- Named sets of recipients. A static group has members; a dynamic one an expression over tags, by which its members are
-- told whenever somebody asks.

CREATE TABLE recipient_group (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id      uuid        NOT NULL UNIQUE,
  business_id    bigint      NOT NULL REFERENCES business,
  environment    text        NOT NULL CHECK (environment IN ('TEST', 'LIVE')),
  name           text        NOT NULL,
  description    text        NOT NULL,
  tag_expression text,
  version        bigint      NOT NULL,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  UNIQUE (business_id, environment, name)
);
CREATE INDEX recipient_group_of_scope ON recipient_group (business_id, environment, id DESC);
COMMENT ON COLUMN recipient_group.tag_expression IS 'null for a static group; never changes between the two';

-- Who is in a static group, by recipient number: the order in which members are listed. A membership ends with its group
-- and with its recipient.
CREATE TABLE group_member (
  group_id     bigint NOT NULL REFERENCES recipient_group ON DELETE CASCADE,
  recipient_id bigint NOT NULL REFERENCES recipient ON DELETE CASCADE,
  PRIMARY KEY (group_id, recipient_id)
);
CREATE INDEX group_member_of_recipient ON group_member (recipient_id);
