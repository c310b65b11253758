package dev.carillon.bootstrap.tenancy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/// Makes businesses and keys by writing their rows.
final class Keys {
  private Keys() {}

  /// Has numbers begin where no count and no size ever comes, so that they can be told from those.
  static void begin(Connection database, String... sequences) throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (String sequence : sequences) {
        statement.execute("ALTER SEQUENCE IF EXISTS " + sequence + " RESTART WITH 70000000");
      }
    }
  }

  /// A new business; its number.
  static long newBusiness(Connection database) throws SQLException {
    try (PreparedStatement statement =
            database.prepareStatement(
                """
                INSERT INTO business (name, default_region, currency, created_at)
                VALUES ('probe', 'ZW', 'USD', now()) RETURNING id
                """);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /// A new key with the role ADMIN_USER.
  static String newKey(Connection database, long business, String environment) throws SQLException {
    String key = "sk_" + environment.toLowerCase(Locale.ROOT) + "_" + UUID.randomUUID() + "_probe_";
    insert(database, "key_" + UUID.randomUUID(), business, environment, key);
    return key;
  }

  static void insert(
      Connection database, String id, long business, String environment, String secret)
      throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            INSERT INTO api_key (id, business_id, environment, role, name, key_hash, created_at)
            VALUES (?, ?, ?, 'ADMIN_USER', 'probe', ?, now())
            """)) {
      statement.setString(1, id);
      statement.setLong(2, business);
      statement.setString(3, environment);
      statement.setBytes(4, sha256(secret));
      statement.executeUpdate();
    }
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
