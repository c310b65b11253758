package dev.carillon.persistence;

import dev.carillon.application.port.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;

/// Transactions over a pool of connections. A deadlock or serialization failure is tried again,
/// since nothing of it was stored; after some tries the store counts as not available.
final class JooqTransactions implements Transactions, Session {
  private static final int MOST_TRIES = 4;
  private static final Settings SETTINGS =
      new Settings()
          .withRenderSchema(false)
          .withRenderFormatted(false)
          .withExecuteLogging(false)
          .withCacheRecordMappers(true);

  private final Connections connections;
  private final ScopedValue<DSLContext> running = ScopedValue.newInstance();

  JooqTransactions(Connections connections) {
    this.connections = connections;
  }

  @Override
  public DSLContext sql() {
    return running.isBound() ? running.get() : apart();
  }

  /// The way to run a statement that is a fact at once, whatever the running transaction comes to.
  DSLContext apart() {
    return over(new EachItsOwn(connections), StoreFailures.APART);
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    if (running.isBound()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return StoreFailures.translated(() -> once(work));
      } catch (DataAccessException failure) {
        if (!StoreFailures.isWorthAnotherTry(failure)) {
          throw failure;
        }
        if (attempt == MOST_TRIES) {
          throw StoreFailures.unavailable(failure);
        }
      }
    }
  }

  private <T> T once(Supplier<T> work) {
    try (Connection connection = connections.take()) {
      connection.setAutoCommit(false);
      try {
        DSLContext sql = over(new DefaultConnectionProvider(connection), StoreFailures.WITHIN);
        T result = ScopedValue.where(running, sql).call(work::get);
        connection.commit();
        return result;
      } catch (RuntimeException | Error failure) {
        rollBack(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw new DataAccessException("transaction", failure);
    }
  }

  private static DSLContext over(ConnectionProvider connections, ExecuteListener failures) {
    return DSL.using(
        new DefaultConfiguration()
            .set(SQLDialect.POSTGRES)
            .set(SETTINGS)
            .set(connections)
            .set(failures));
  }

  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /// A connection for each statement.
  private record EachItsOwn(Connections connections) implements ConnectionProvider {
    @Override
    public Connection acquire() {
      try {
        return connections.take();
      } catch (SQLException failure) {
        throw new DataAccessException("connection", failure);
      }
    }

    @Override
    public void release(Connection connection) {
      try {
        connection.close();
      } catch (SQLException failure) {
        throw new DataAccessException("connection", failure);
      }
    }
  }
}
