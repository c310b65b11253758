package dev.carillon.benchmarks.node;

import dev.carillon.benchmarks.postgres.Postgres;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;

/// Makes businesses by writing their rows, since the house itself makes none but the one to try
/// things with.
public final class Businesses {
  private static final int KEY_BYTES = 32;

  private final Postgres postgres;
  private final SecureRandom random = new SecureRandom();

  /// In a database whose tables exist.
  public Businesses(Postgres postgres) {
    this.postgres = postgres;
  }

  /// A new business; a key for its TEST environment with the role USER.
  public String add(String name) throws SQLException {
    return add(name, "USER");
  }

  /// A new business; a key for its TEST environment.
  ///
  /// @param role of the key, by its name in the house
  public String add(String name, String role) throws SQLException {
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    String key = "sk_test_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    try (Connection connection = postgres.connect()) {
      addKey(connection, addBusiness(connection, name), role, key);
    }
    return key;
  }

  /// Lets every business that there is call as often as it can.
  public void liftRequestQuotas() throws SQLException {
    try (Connection connection = postgres.connect();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE business SET requests_per_second = 0")) {
      statement.executeUpdate();
    }
  }

  private static long addBusiness(Connection connection, String name) throws SQLException {
    String sql =
        """
        INSERT INTO business (name, default_region, currency, created_at)
        VALUES (?, 'ZW', 'USD', now()) RETURNING id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void addKey(Connection connection, long business, String role, String key)
      throws SQLException {
    String sql =
        """
        INSERT INTO api_key (id, business_id, environment, role, name, key_hash, created_at)
        VALUES (?, ?, 'TEST', ?, 'benchmark', ?, now())
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "key_" + UUID.randomUUID());
      statement.setLong(2, business);
      statement.setString(3, role);
      statement.setBytes(4, sha256(key));
      statement.executeUpdate();
    }
  }

  // as the house looks keys up
  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
