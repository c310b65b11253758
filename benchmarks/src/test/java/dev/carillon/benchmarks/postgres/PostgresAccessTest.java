package dev.carillon.benchmarks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PostgresAccessTest {
  @Test
  void anotherDatabaseOfTheSameServerKeepsEverythingElse() {
    assertThat(url("jdbc:postgresql://127.0.0.1:5432/postgres"))
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/other");
    assertThat(url("jdbc:postgresql://127.0.0.1:5432/postgres?sslmode=disable"))
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/other?sslmode=disable");
  }

  private static String url(String of) {
    return new PostgresAccess(of, "someone", "secret").database("other").jdbcUrl();
  }
}
