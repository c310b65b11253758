package dev.carillon.providers.smpp;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A message on its way: its parts, and what was said to each. The first goes alone, since what is
/// wrong with it is mostly wrong with all; when it is taken the others follow together. Answered
/// exactly once, when nothing more can come of any part.
final class Submission {
  private final OutboundMessage message;
  private final HandOver handOver;
  private final Envelope envelope;
  private final List<SmppPart> parts;
  private final long sendBy;
  private final long answerBy;

  private final @Nullable String[] ids;
  private int open;
  private @Nullable String lost;
  private @Nullable DispatchOutcome refusal;
  private boolean answered;

  /// @param sendBy a time of System.nanoTime() after which nothing more is sent of it
  /// @param answerBy a time after which nothing more is waited for
  Submission(
      OutboundMessage message,
      HandOver handOver,
      Envelope envelope,
      List<SmppPart> parts,
      long sendBy,
      long answerBy) {
    this.message = message;
    this.handOver = handOver;
    this.envelope = envelope;
    this.parts = parts;
    this.sendBy = sendBy;
    this.answerBy = answerBy;
    this.ids = new String[parts.size()];
    this.open = parts.size();
  }

  OutboundMessage message() {
    return message;
  }

  HandOver handOver() {
    return handOver;
  }

  Envelope envelope() {
    return envelope;
  }

  List<SmppPart> parts() {
    return parts;
  }

  long answerBy() {
    return answerBy;
  }

  boolean isTooLate(long now) {
    return now - sendBy > 0;
  }

  /// Whether another part still makes sense.
  synchronized boolean isWorthMore() {
    return !answered && refusal == null && lost == null;
  }

  /// A part was taken; the parts that are to follow now.
  synchronized List<Parcel> taken(int part, String id) {
    ids[part] = id;
    open--;
    return part == 0 && parts.size() > 1 && !answered
        ? IntStream.range(1, parts.size()).mapToObj(next -> new Parcel(this, next)).toList()
        : List.of();
  }

  /// A part was surely not taken, and will not be sent again. When it is the first, no other was
  /// sent.
  synchronized void refused(int part, DispatchOutcome why) {
    open -= part == 0 ? parts.size() : 1;
    refusal = refusal == null ? why : refusal;
  }

  /// A part went out, and what came of it is not known.
  synchronized void lost(int part, String why) {
    open -= part == 0 ? parts.size() : 1;
    lost = lost == null ? why : lost;
  }

  /// What there is to answer, once, when nothing more can come.
  synchronized Optional<End> end() {
    if (open > 0 || answered) {
      return Optional.empty();
    }
    answered = true;
    List<String> known = knownIds();
    return Optional.of(new End(outcome(known), missing(known)));
  }

  private DispatchOutcome outcome(List<String> known) {
    if (lost != null) {
      return new DispatchOutcome.Unconfirmed(lost);
    }
    Optional<String> first = known.stream().filter(id -> !id.isEmpty()).findFirst();
    return refusal == null || isTaken()
        ? new DispatchOutcome.Accepted(first.orElse(""), known)
        : refusal;
  }

  /// Why it cannot arrive whole although the centre has some of it.
  private @Nullable DispatchOutcome missing(List<String> known) {
    return lost == null && isTaken() && known.size() == parts.size() ? refusal : null;
  }

  private boolean isTaken() {
    for (String id : ids) {
      if (id != null) {
        return true;
      }
    }
    return false;
  }

  private List<String> knownIds() {
    String first = ids[0];
    return ids.length == 1
        ? List.of(first == null ? "" : first)
        : Arrays.stream(ids).map(id -> id == null ? "" : id).toList();
  }

  /// The centre's answer to a part came after the message had been answered; the ids of all parts
  /// when they are all known by now.
  synchronized Optional<List<String>> takenLate(int part, String id) {
    ids[part] = id;
    return Arrays.stream(ids).allMatch(known -> known != null)
        ? Optional.of(knownIds())
        : Optional.empty();
  }

  /// Whether nothing of it was ever taken, given that this part was refused after all.
  synchronized boolean isRefusedWhole(int part) {
    return part == 0 && !isTaken();
  }

  /// What is answered.
  ///
  /// @param missing why a part was refused after others had been taken; null when none was
  record End(DispatchOutcome outcome, @Nullable DispatchOutcome missing) {}
}
