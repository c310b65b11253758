package dev.carillon.persistence;

import dev.carillon.application.port.StoreFault;
import org.jooq.exception.DataAccessException;

/// A failure of PostgreSQL that is neither a bad value's nor a moment's: something is missing that
/// statements need, or may not be touched, or is broken.
final class BrokenStoreException extends DataAccessException implements StoreFault {
  private static final long serialVersionUID = 1L;

  BrokenStoreException(DataAccessException failure) {
    super("PostgreSQL failed", failure.getCause() == null ? failure : failure.getCause());
  }
}
