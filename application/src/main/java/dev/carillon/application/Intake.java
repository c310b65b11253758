package dev.carillon.application;

import dev.carillon.application.port.PreparedMessage;
import java.util.List;

/// Everybody of an audience, judged.
interface Intake {
  /// Hands all of them over, page by page, in their order. May be asked again.
  void into(Sink sink);

  /// Takes judged messages.
  interface Sink {
    /// Messages taken so far.
    int position();

    /// Takes the next messages.
    void append(List<PreparedMessage> messages);
  }
}
