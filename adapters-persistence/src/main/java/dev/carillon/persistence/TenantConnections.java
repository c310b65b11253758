package dev.carillon.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.domain.business.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/// Connections that see one tenant each, or nothing while nobody says which: the policies of all
/// tables go by two settings of the connection (see the migration "walls"). A connection is told
/// only when it worked for another tenant before, so that this costs nothing while one of them
/// calls again and again.
final class TenantConnections {
  private static final String TELL =
      "SELECT set_config('carillon.business', ?, false),"
          + " set_config('carillon.environment', ?, false)";

  private final Supplier<DataSource> pool;

  /// What each connection to the server was told last. A new one sees nothing.
  private final Cache<PGConnection, Optional<Scope>> told =
      Caffeine.newBuilder().weakKeys().build();

  /// The one that gives out the connections of this pool.
  TenantConnections(Supplier<DataSource> pool) {
    this.pool = pool;
  }

  /// A connection that sees what is of this tenant, or nothing.
  Connection take(Optional<Scope> tenant) throws SQLException {
    Connection connection = pool.get().getConnection();
    try {
      tell(connection, tenant);
      return connection;
    } catch (SQLException | RuntimeException | Error failure) {
      connection.close();
      throw failure;
    }
  }

  /// Outside of any transaction, which would take the settings back with everything else. One that
  /// fails leaves both as they were.
  private void tell(Connection connection, Optional<Scope> scope) throws SQLException {
    PGConnection server = connection.unwrap(PGConnection.class);
    if (told.get(server, _ -> Optional.empty()).equals(scope)) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TELL)) {
      statement.setString(1, scope.map(of -> Long.toString(of.business().value())).orElse(""));
      statement.setString(2, scope.map(of -> of.environment().name()).orElse(""));
      statement.execute();
    }
    told.put(server, scope);
  }
}
