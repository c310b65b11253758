package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.Audiences.Pick;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Stored recipients, read and judged page by page inside the transaction that stores the job:
/// whoever is in the audience then stays in it, and nobody else comes in.
record StoredIntake(
    Audiences audiences,
    Scope scope,
    Channel channel,
    Audiences.Selection selection,
    Set<String> variables,
    Supplier<Judge> judges,
    Limits limits)
    implements Intake {
  private static final int LEAST_PER_PAGE = 10_000;

  @Override
  public void into(Sink sink) {
    // Whole chunks, so that those of a page can be stored with it.
    int page = Math.ceilDiv(LEAST_PER_PAGE, limits.chunkSize()) * limits.chunkSize();
    // A transaction that is tried again begins with a judge who has seen nobody.
    Judge judge = judges.get();
    audiences.read(scope, selection, page, picks -> append(picks, judge, sink));
  }

  private void append(List<Pick> picks, Judge judge, Sink sink) {
    if (sink.position() + picks.size() > limits.storedRecipientsPerJob()) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "audience",
                      "must have at most " + limits.storedRecipientsPerJob() + " recipients"))));
    }
    sink.append(judged(picks, judge));
  }

  private List<PreparedMessage> judged(List<Pick> picks, Judge judge) {
    List<CreateBulkJob.Entry> entries = new ArrayList<>(picks.size());
    for (Pick pick : picks) {
      if (pick instanceof Pick.Known(Recipient recipient)) {
        entries.add(entry(recipient));
      }
    }
    List<PreparedMessage> known = judge.judge(entries);
    if (known.size() == picks.size()) {
      return known;
    }
    return withUnknown(picks, known);
  }

  private static List<PreparedMessage> withUnknown(List<Pick> picks, List<PreparedMessage> known) {
    List<PreparedMessage> all = new ArrayList<>(picks.size());
    int next = 0;
    for (Pick pick : picks) {
      all.add(
          switch (pick) {
            case Pick.Known _ -> known.get(next++);
            case Pick.Unknown _ -> Judge.rejected("", "", Reason.RECIPIENT_NOT_FOUND);
          });
    }
    return all;
  }

  private CreateBulkJob.Entry entry(Recipient recipient) {
    return new CreateBulkJob.Entry(
        recipient.addressFor(channel).map(Address::value).orElse(""),
        "",
        variables.isEmpty()
            ? PersonalContent.EMPTY
            : PersonalContent.ofVariables(RecipientVariables.of(recipient, variables)),
        recipient.id());
  }
}
