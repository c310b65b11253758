package dev.carillon.benchmarks.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The bare program's tables: the house's message, chunk and attempt, column by column and key by
/// key, without partitions, in a schema of their own that is made anew.
final class BareSchema {
  static final String NAME = "carillon_bench_bare";
  static final String MESSAGE = NAME + ".message";
  static final String CHUNK = NAME + ".chunk";
  static final String ATTEMPT = NAME + ".attempt";

  private static final List<String> STATEMENTS =
      List.of(
          "DROP SCHEMA IF EXISTS carillon_bench_bare CASCADE",
          "CREATE SCHEMA carillon_bench_bare",
          """
          CREATE TABLE carillon_bench_bare.message (
            job_id     bigint NOT NULL,
            position   int    NOT NULL,
            address    text   NOT NULL,
            text       text,
            subject    text,
            html       text,
            parameters jsonb,
            client_ref text,
            network    text,
            parts      smallint NOT NULL,
            rejected   smallint,
            PRIMARY KEY (job_id, position)
          )
          """,
          """
          CREATE TABLE carillon_bench_bare.chunk (
            job_id         bigint   NOT NULL,
            chunk_no       int      NOT NULL,
            first_position int      NOT NULL,
            size           int      NOT NULL,
            open           boolean  NOT NULL,
            lease_owner    text,
            lease_until    timestamptz,
            fence          bigint   NOT NULL DEFAULT 0,
            version        bigint   NOT NULL DEFAULT 1,
            queued         smallint NOT NULL,
            sent           smallint NOT NULL,
            statuses       bytea    NOT NULL,
            PRIMARY KEY (job_id, chunk_no)
          ) WITH (fillfactor = 50)
          """,
          "ALTER TABLE carillon_bench_bare.chunk ALTER COLUMN statuses SET STORAGE EXTERNAL",
          "CREATE INDEX chunk_open ON carillon_bench_bare.chunk (job_id, chunk_no) WHERE open",
          """
          CREATE TABLE carillon_bench_bare.attempt (
            job_id             bigint      NOT NULL,
            position           int         NOT NULL,
            attempt_no         smallint    NOT NULL,
            part_no            smallint    NOT NULL,
            outcome            smallint    NOT NULL,
            reason             smallint,
            carrier            text        NOT NULL,
            carrier_message_id text,
            detail             text,
            at                 timestamptz NOT NULL,
            PRIMARY KEY (job_id, position, attempt_no, part_no, outcome)
          )
          """);

  private BareSchema() {}

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
  }

  static void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(STATEMENTS.getFirst());
    }
  }
}
