package dev.carillon.providers.callback;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A carrier whose calls are signed by a word in a header, and whose body names a message that was
/// delivered. Remembers the last genuine call.
final class SignedCallbacks implements Callbacks {
  private volatile @Nullable CallbackRequest last;

  @Override
  public CallbackAnswer answer(CallbackRequest request) {
    if (!request.header("X-Sign").equals(Optional.of("genuine"))) {
      return new CallbackAnswer.NotGenuine();
    }
    last = request;
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return switch (body) {
      case "" -> new CallbackAnswer.Answered(202, "text/plain", "challenge");
      case "broken" -> new CallbackAnswer.Unreadable();
      case "bug" -> throw new IllegalStateException("to +263771234567");
      default -> new CallbackAnswer.Told(List.of(Tellings.delivered(body)), "text/xml", "<a/>");
    };
  }

  CallbackRequest last() {
    CallbackRequest request = last;
    if (request == null) {
      throw new AssertionError("nobody has called");
    }
    return request;
  }
}
