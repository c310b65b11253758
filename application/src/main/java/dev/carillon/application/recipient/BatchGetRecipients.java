package dev.carillon.application.recipient;

import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shows several recipients at once: all of them, or none (AIP-231).
public final class BatchGetRecipients {
  /// Most recipients of one query.
  public static final int MOST = 1_000;

  private final RecipientRepository recipients;

  public BatchGetRecipients(RecipientRepository recipients) {
    this.recipients = recipients;
  }

  /// The recipients in the order of the query; NotFound with the first that does not exist or is
  /// another tenant's.
  public List<Recipient> handle(Query query) {
    Map<RecipientKey, Recipient> found = new HashMap<>();
    for (Recipient recipient : recipients.findAll(query.caller().scope(), query.keys())) {
      found.put(recipient.id(), recipient);
      found.put(new PublicRecipientId(recipient.publicId()), recipient);
    }
    List<Recipient> inOrder = new ArrayList<>(query.keys().size());
    for (RecipientKey key : query.keys()) {
      Recipient recipient = found.get(key);
      if (recipient == null) {
        throw Refusals.notFound(key);
      }
      inOrder.add(recipient);
    }
    return inOrder;
  }

  /// Which ones, at most [#MOST].
  public record Query(Caller caller, List<RecipientKey> keys) {}
}
