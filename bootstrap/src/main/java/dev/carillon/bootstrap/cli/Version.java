package dev.carillon.bootstrap.cli;

import java.util.Objects;

/// Which program this is.
final class Version {
  private Version() {}

  static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
  }
}
