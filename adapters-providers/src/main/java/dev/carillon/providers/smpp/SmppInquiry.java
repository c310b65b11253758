package dev.carillon.providers.smpp;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.Carrier.Inquiry;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.smpp.SmppAddresses.SmppAddress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;

/// Asks a centre by query_sm what became of messages in doubt. That needs the centre's id (SMPP
/// 3.4, 4.8), so that it helps only where an answer came late; nothing is looked up by content or
/// by address, since a centre cannot be asked so.
final class SmppInquiry implements Inquiry {
  private final DoubtfulMessages doubtful;
  private final SmppConfig config;
  private final Supplier<Optional<SmppSession>> session;

  SmppInquiry(
      DoubtfulMessages doubtful, SmppConfig config, Supplier<Optional<SmppSession>> session) {
    this.doubtful = doubtful;
    this.config = config;
    this.session = session;
  }

  @Override
  public Map<MessageRef, Finding> ask(Collection<MessageRef> messages) {
    long until = System.nanoTime() + config.timing().answer().toNanos();
    Map<MessageRef, Finding> found = new HashMap<>();
    for (MessageRef ref : messages) {
      switch (doubtful.of(ref)) {
        case DoubtfulMessages.Knowledge.Nothing _ -> {}
        case DoubtfulMessages.Knowledge.NeverTaken _ -> found.put(ref, new Finding.NeverTaken());
        case DoubtfulMessages.Knowledge.Taken(List<String> ids, List<String> normal) -> {
          if (areThere(ids, until)) {
            found.put(ref, new Finding.Taken(ids.getFirst(), config.receipts().lookedUp(normal)));
          }
        }
      }
    }
    return found;
  }

  private boolean areThere(List<String> ids, long until) {
    return ids.stream()
        .allMatch(
            id -> until - System.nanoTime() >= config.timing().ask().toNanos() && isThere(id));
  }

  private boolean isThere(String id) {
    Optional<SmppSession> open = session.get();
    if (open.isEmpty()) {
      return false;
    }
    SmppAddress source = SmppAddresses.source("", config.wording());
    try {
      open.get().queryShortMessage(id, source.ton(), source.npi(), source.value());
      return true;
    } catch (PDUException
        | ResponseTimeoutException
        | InvalidResponseException
        | NegativeResponseException
        | IOException unknown) {
      return false;
    }
  }
}
