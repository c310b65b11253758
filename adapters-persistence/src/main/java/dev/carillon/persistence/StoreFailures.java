package dev.carillon.persistence;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which failures of PostgreSQL are nobody's bug (Appendix A of its manual: error codes).
final class StoreFailures {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFailures.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /// serialization_failure, deadlock_detected.
  private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01");

  /// connection exceptions, insufficient resources (disk, memory, connections), operator
  /// intervention (shutdown, crash), system errors.
  private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

  /// lock_not_available, read_only_sql_transaction, idle_in_transaction_session_timeout.
  private static final Set<String> UNAVAILABLE = Set.of("55P03", "25006", "25P03");

  /// cardinality violation, data exception, integrity constraint violation, what our own functions
  /// raise, transaction rollback.
  private static final Set<String> OF_WHAT_IS_STORED = Set.of("21", "22", "23", "P0", "40");

  /// check_violation: of a constraint, or because no partition takes the row, which names none.
  private static final String CHECK_VIOLATION = "23514";

  /// Translates the failures of statements inside a transaction, which may be tried again.
  static final ExecuteListener WITHIN =
      new ExecuteListener() {
        @Override
        public void exception(ExecuteContext context) {
          if (context.exception() instanceof DataAccessException failure) {
            context.exception(translation(failure));
          }
        }
      };

  /// The same of statements that are a fact by themselves.
  static final ExecuteListener APART =
      new ExecuteListener() {
        @Override
        public void exception(ExecuteContext context) {
          if (context.exception() instanceof DataAccessException failure) {
            context.exception(
                isWorthAnotherTry(failure) ? unavailable(failure) : translation(failure));
          }
        }
      };

  private StoreFailures() {}

  /// Runs the work and turns its failure into StoreUnavailable, or a [BrokenStoreException], if the
  /// store is to blame.
  static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException failure) {
      throw translation(failure);
    }
  }

  static boolean isWorthAnotherTry(DataAccessException failure) {
    return WORTH_ANOTHER_TRY.contains(state(failure));
  }

  private static RuntimeException translation(DataAccessException failure) {
    if (isUnavailable(failure)) {
      return unavailable(failure);
    }
    return isBroken(failure) ? broken(failure) : failure;
  }

  private static boolean isBroken(DataAccessException failure) {
    String state = state(failure);
    if (failure instanceof BrokenStoreException || state.length() < 2) {
      return false;
    }
    return !OF_WHAT_IS_STORED.contains(state.substring(0, 2))
        || (state.equals(CHECK_VIOLATION) && constraint(failure) == null);
  }

  private static @Nullable String constraint(DataAccessException failure) {
    PSQLException cause = failure.getCause(PSQLException.class);
    ServerErrorMessage message = cause == null ? null : cause.getServerErrorMessage();
    return message == null ? null : message.getConstraint();
  }

  private static BrokenStoreException broken(DataAccessException failure) {
    LOG.error("PostgreSQL failed: {} {}", state(failure), reason(failure));
    return new BrokenStoreException(failure);
  }

  /// It failed for the moment, again and again.
  static DomainException unavailable(DataAccessException failure) {
    LOG.warn("PostgreSQL is not available: {} {}", state(failure), reason(failure));
    return new DomainException(new DomainError.StoreUnavailable(RETRY_AFTER));
  }

  private static boolean isUnavailable(DataAccessException failure) {
    String state = state(failure);
    return failure.getCause(SQLTransientConnectionException.class) != null
        || UNAVAILABLE.contains(state)
        || (state.length() >= 2 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2)));
  }

  private static String reason(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }

  private static String state(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    String state = cause == null ? null : cause.getSQLState();
    return state == null ? "" : state;
  }
}
