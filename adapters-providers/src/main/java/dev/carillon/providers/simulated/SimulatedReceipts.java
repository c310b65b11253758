package dev.carillon.providers.simulated;

import static dev.carillon.providers.simulated.SimulatedReceipts.Start.AFTER_ANSWER;
import static dev.carillon.providers.simulated.SimulatedReceipts.Start.AFTER_TIME_OUT;
import static dev.carillon.providers.simulated.SimulatedReceipts.Start.BEFORE_ANSWER;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the simulated carrier tells later about a message it took: which receipts, in which order,
/// from when on.
enum SimulatedReceipts {
  NONE(AFTER_ANSWER),
  /// It takes the message after all, when its answer was lost.
  SENT(AFTER_TIME_OUT, told(ReceiptKind.SENT)),
  DELIVERED(AFTER_ANSWER, told(ReceiptKind.DELIVERED)),
  READ(AFTER_ANSWER, told(ReceiptKind.DELIVERED), told(ReceiptKind.READ)),
  UNDELIVERED(AFTER_ANSWER, failed(SimulatedErrorCodes.GAVE_UP)),
  ABSENT(AFTER_ANSWER, failed(SimulatedErrorCodes.STAYED_ABSENT)),
  NOBODY(AFTER_ANSWER, failed(SimulatedErrorCodes.FOUND_NOBODY)),
  BLOCKED(AFTER_ANSWER, failed(SimulatedErrorCodes.FOUND_BLOCKED)),
  /// Stored before the carrier answers.
  EARLY(BEFORE_ANSWER, told(ReceiptKind.DELIVERED)),
  LATE(AFTER_TIME_OUT, told(ReceiptKind.DELIVERED)),
  LATE_UNDELIVERED(AFTER_TIME_OUT, failed(SimulatedErrorCodes.GAVE_UP)),
  DOUBLED(
      AFTER_ANSWER,
      told(ReceiptKind.DELIVERED),
      told(ReceiptKind.DELIVERED),
      told(ReceiptKind.DELIVERED)),
  READ_FIRST(AFTER_ANSWER, told(ReceiptKind.READ), told(ReceiptKind.DELIVERED)),
  TAKEN_BACK(AFTER_ANSWER, told(ReceiptKind.DELIVERED), failed(SimulatedErrorCodes.STAYED_ABSENT)),
  RECOVERED(AFTER_ANSWER, failed(SimulatedErrorCodes.STAYED_ABSENT), told(ReceiptKind.DELIVERED)),
  /// One for a chunk that no job has, and its own.
  STRAY(AFTER_ANSWER, stray(), told(ReceiptKind.DELIVERED));

  /// No job has as many chunks: it would have a thousand million messages at least.
  static final int NO_CHUNK = 999_999_999;

  /// What outweighs what, the weakest first.
  private static final List<MessageState> EVIDENCE =
      List.of(
          MessageState.SENT, MessageState.UNDELIVERED, MessageState.DELIVERED, MessageState.READ);

  private final Start start;

  // an unmodifiable list of values
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Step> steps;

  SimulatedReceipts(Start start, Step... steps) {
    this.start = start;
    this.steps = List.of(steps);
  }

  /// When the first of them may come.
  Start start() {
    return start;
  }

  /// How many there are.
  int count() {
    return steps.size();
  }

  /// Where a message stands that all of them have come for, in whatever order.
  MessageStatus end() {
    return steps.stream()
        .map(step -> step.kind.transition().target())
        .max(Comparator.comparingInt(EVIDENCE::indexOf))
        .orElse(MessageState.SENT)
        .status(true);
  }

  /// One of them.
  Receipt receipt(
      int index, OutboundMessage message, CarrierId carrier, String messageId, Instant at) {
    Step step = steps.get(index);
    MessageRef ref = message.ref();
    SimulatedErrorCodes code = step.code;
    Reason reason = code == null ? null : code.reason();
    String detail = code == null ? "" : code.detail();
    return new Receipt(
        step.stray ? new MessageRef(ref.job(), NO_CHUNK, ref.position()) : ref,
        step.kind,
        reason,
        detail,
        carrier,
        messageId,
        at);
  }

  private static Step told(ReceiptKind kind) {
    return new Step(kind, null, false);
  }

  private static Step failed(SimulatedErrorCodes code) {
    return new Step(ReceiptKind.UNDELIVERED, code, false);
  }

  private static Step stray() {
    return new Step(ReceiptKind.DELIVERED, null, true);
  }

  /// When receipts begin.
  enum Start {
    /// At once; the answer waits until they are stored.
    BEFORE_ANSWER,
    /// A receipt delay after the answer, or after it would have come.
    AFTER_ANSWER,
    /// The same, and the answer time-out besides.
    AFTER_TIME_OUT
  }

  /// One receipt.
  private record Step(ReceiptKind kind, @Nullable SimulatedErrorCodes code, boolean stray) {}
}
