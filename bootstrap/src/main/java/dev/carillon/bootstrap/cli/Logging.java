package dev.carillon.bootstrap.cli;

import org.slf4j.bridge.SLF4JBridgeHandler;

/// Has what libraries log by java.util.logging come out where everything else does.
final class Logging {
  private Logging() {}

  static void bridge() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
