package dev.carillon.providers.callback;

import dev.carillon.domain.delivery.Notice;
import java.util.List;

/// What a carrier's call means.
public sealed interface CallbackAnswer {
  /// It is genuine, and tells this; answered with 2xx once that is stored.
  ///
  /// @param notices may be empty
  /// @param contentType of the answer; may be empty
  /// @param body of the answer; may be empty
  record Told(List<Notice> notices, String contentType, String body) implements CallbackAnswer {
    public Told {
      notices = List.copyOf(notices);
    }

    /// With an empty answer.
    public Told(List<Notice> notices) {
      this(notices, "", "");
    }
  }

  /// It is genuine and asks for an answer, such as a challenge that only we can meet.
  ///
  /// @param status of HTTP
  record Answered(int status, String contentType, String body) implements CallbackAnswer {}

  /// It is not shown to be genuine: 401. Changes nothing.
  record NotGenuine() implements CallbackAnswer {}

  /// It is genuine and cannot be read: 400. Changes nothing.
  record Unreadable() implements CallbackAnswer {}
}
