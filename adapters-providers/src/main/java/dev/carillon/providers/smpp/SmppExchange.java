package dev.carillon.providers.smpp;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.LateAnswer;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.providers.smpp.SmppReceiptRules.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jsmpp.SMPPConstant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is made of everything that happens to the parts of messages.
final class SmppExchange {
  private static final Logger log = LoggerFactory.getLogger(SmppExchange.class);

  private final CarrierId carrier;
  private final SmppConfig config;
  private final SmppQueue queue;
  private final SmppPace pace;
  private final DoubtfulMessages doubtful;
  private final Consumer<Notice> teller;
  private final InstantSource clock;

  /// @param teller takes what is to be stored although the centre did not bring it
  SmppExchange(
      CarrierId carrier,
      SmppConfig config,
      SmppQueue queue,
      SmppPace pace,
      DoubtfulMessages doubtful,
      Consumer<Notice> teller,
      InstantSource clock) {
    this.carrier = carrier;
    this.config = config;
    this.queue = queue;
    this.pace = pace;
    this.doubtful = doubtful;
    this.teller = teller;
    this.clock = clock;
  }

  /// The centre took a part.
  void taken(Parcel parcel, String id) {
    List<Parcel> following = parcel.submission().taken(parcel.part(), id);
    if (following.isEmpty()) {
      end(parcel.submission());
    } else {
      queue.follow(following);
    }
  }

  /// The centre refused a part.
  void refused(SmppSession session, Parcel parcel, int status) {
    SmppTreatment treatment = config.treatment(status);
    if (treatment == SmppTreatment.THROTTLED) {
      throttled(parcel);
      return;
    }
    if (treatment == SmppTreatment.STOP && !session.isCondemned()) {
      log.error("carrier {} ends a session: {}", carrier, SmppErrorCodes.detail(status));
      session.condemn();
    }
    called(parcel, treatment.outcome(SmppErrorCodes.detail(status), null));
  }

  private void throttled(Parcel parcel) {
    Duration pauseTime = config.timing().throttlePause();
    pace.pause(pauseTime);
    long again = System.nanoTime() + pauseTime.toNanos();
    if (parcel.isFirst() || parcel.submission().isTooLate(again)) {
      called(parcel, new DispatchOutcome.Throttled(null));
    } else {
      queue.again(parcel, again);
    }
  }

  /// A part surely did not reach the centre.
  void unsent(Parcel parcel, String why) {
    if (parcel.isFirst() || parcel.submission().isTooLate(System.nanoTime())) {
      called(parcel, unreachable(why));
    } else {
      queue.follow(List.of(parcel));
    }
  }

  /// A part found no place in a window in time.
  void late(Parcel parcel) {
    called(parcel, new DispatchOutcome.Throttled(null));
  }

  /// A part is not sent because of what became of another.
  void left(Parcel parcel) {
    called(parcel, new DispatchOutcome.Withdrawn());
  }

  /// It is decided that a part will not be taken.
  void called(Parcel parcel, DispatchOutcome outcome) {
    parcel.submission().refused(parcel.part(), outcome);
    end(parcel.submission());
  }

  /// Nobody knows what became of a part.
  void lost(Parcel parcel, String why) {
    parcel.submission().lost(parcel.part(), why);
    end(parcel.submission());
  }

  /// The centre's answer to a part came when its message had been answered.
  void late(Parcel parcel, int status, String id) {
    Submission submission = parcel.submission();
    if (status != SMPPConstant.STAT_ESME_ROK) {
      if (submission.isRefusedWhole(parcel.part())) {
        doubtful.neverTaken(submission);
      }
      return;
    }
    submission.takenLate(parcel.part(), id).ifPresent(ids -> tellTaken(submission, ids));
  }

  private void tellTaken(Submission submission, List<String> ids) {
    List<String> normal = normal(ids);
    doubtful.taken(submission, ids, normal);
    teller.accept(
        new Notice.OfLateAnswer(
            new LateAnswer(
                submission.message().ref(),
                submission.message().attempt(),
                carrier,
                ids.getFirst(),
                config.receipts().lookedUp(normal),
                clock.instant())));
  }

  private void end(Submission submission) {
    submission.end().ifPresent(end -> answer(submission, end));
  }

  private void answer(Submission submission, Submission.End end) {
    OutboundMessage message = submission.message();
    submission.handOver().answer(message, ours(end.outcome()));
    if (end.outcome() instanceof DispatchOutcome.Unconfirmed) {
      doubtful.add(submission);
    }
    DispatchOutcome missing = end.missing();
    if (missing != null && end.outcome() instanceof DispatchOutcome.Accepted taken) {
      teller.accept(
          new Notice.OfMessage(
              receipt(
                  submission,
                  ReceiptKind.UNDELIVERED,
                  reason(missing),
                  "a part was refused: " + detail(missing),
                  taken.carrierMessageId())));
    }
  }

  /// Ids of parts are kept in the form in which receipts are looked up; none where no receipts are
  /// asked for.
  private DispatchOutcome ours(DispatchOutcome outcome) {
    if (!(outcome instanceof DispatchOutcome.Accepted taken)) {
      return outcome;
    }
    return config.receipts().asked() == Asked.NONE
        ? new DispatchOutcome.Accepted(taken.carrierMessageId())
        : new DispatchOutcome.Accepted(taken.carrierMessageId(), normal(taken.partIds()));
  }

  private List<String> normal(List<String> ids) {
    return ids.size() == 1
        ? List.of(normal(ids.getFirst()))
        : ids.stream().map(this::normal).toList();
  }

  private String normal(String id) {
    return id.isEmpty() ? "" : config.receipts().answerIds().normal(id);
  }

  private Receipt receipt(
      Submission submission,
      ReceiptKind kind,
      @Nullable Reason reason,
      String detail,
      String carrierMessageId) {
    Instant now = clock.instant();
    return new Receipt(
        submission.message().ref(), kind, reason, detail, carrier, carrierMessageId, now);
  }

  static DispatchOutcome unreachable(String why) {
    return DispatchOutcome.Unreachable.noContact(Reason.CARRIER_UNREACHABLE, why);
  }

  private static Reason reason(DispatchOutcome missing) {
    return missing instanceof DispatchOutcome.Rejected rejected
        ? rejected.reason()
        : Reason.NOT_DELIVERED;
  }

  private static String detail(DispatchOutcome missing) {
    return switch (missing) {
      case DispatchOutcome.Rejected rejected -> rejected.detail();
      case DispatchOutcome.Unreachable unreachable -> unreachable.detail();
      case DispatchOutcome.Throttled _ -> "too busy";
      default -> "not sent";
    };
  }
}
