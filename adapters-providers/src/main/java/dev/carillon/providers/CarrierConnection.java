package dev.carillon.providers;

/// What of a carrier has to be opened before it can be given messages, and closed at the end.
public interface CarrierConnection extends AutoCloseable {
  /// Opens it. Throws when it cannot be opened; what was opened by then is closed again.
  void start();

  /// Ends it within a few seconds: everything handed over is answered, and receipts that are there
  /// are brought in as far as the store takes them. Does nothing when it is not open.
  @Override
  void close();
}
