package dev.carillon.persistence.embedded;

import java.nio.file.Path;

/// Another living instance owns the data directory. Nothing in it was touched.
public final class DataDirectoryInUseException extends DataDirectoryException {
  DataDirectoryInUseException(Path directory, String owner) {
    super(
        "The data directory %s is in use by %s. Stop that one first, or choose another directory."
            .formatted(directory, owner));
  }
}
