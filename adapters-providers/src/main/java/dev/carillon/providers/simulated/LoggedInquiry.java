package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.Carrier.Inquiry;
import dev.carillon.domain.message.MessageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells from the log what this process's carrier took. It never says that a message was not taken:
/// the carrier of another node, with a log of its own, may have done so.
record LoggedInquiry(Path log) implements Inquiry {
  private static final Logger logger = LoggerFactory.getLogger(LoggedInquiry.class);

  @Override
  public Map<MessageRef, Finding> ask(Collection<MessageRef> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    Map<MessageRef, Finding> findings = new HashMap<>();
    try {
      SimulatedLog.taken(log, messages)
          .forEach((ref, attempt) ->
              findings.put(ref, new Finding.Taken(Passage.messageId(ref, attempt))));
    } catch (IOException e) {
      logger.warn("the hand-over log cannot be read, so nothing can be told from it", e);
    }
    return Map.copyOf(findings);
  }
}
