package dev.carillon.application;

import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.settling.Halving;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.settling.ToldReceipt;
import dev.carillon.application.suppression.RecordOptOuts;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.LateAnswer;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Takes whatever carriers tell of their own accord and makes it facts. What is told by a carrier's
/// id that nobody knows yet is parked: the answer that makes it known may still be on its way. What
/// fails by itself is reported and left out, so that it keeps nothing else from being stored.
public final class RecordNotices implements NoticeSink {
  private static final Duration BRING_AGAIN_AFTER = Duration.ofSeconds(2);

  private final Sweeping sweeping;
  private final CarrierMessages messages;
  private final RecordOptOuts optOuts;
  private final Watch watch;
  private final InstantSource clock;

  public RecordNotices(
      Sweeping sweeping,
      CarrierMessages messages,
      RecordOptOuts optOuts,
      Watch watch,
      InstantSource clock) {
    this.sweeping = sweeping;
    this.messages = messages;
    this.optOuts = optOuts;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public void record(List<Notice> notices) {
    if (notices.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " notices at once");
    }
    try {
      Halving.each(notices, this::store, watch::failed);
    } catch (DomainException refused) {
      throw refused;
    } catch (RuntimeException failure) {
      // So many failed, each reported, that it is not theirs: they have to be brought again.
      throw new DomainException(new DomainError.StoreUnavailable(BRING_AGAIN_AFTER));
    }
  }

  private void store(List<Notice> notices) {
    List<ToldReceipt> told = new ArrayList<>(notices.size());
    List<CarrierReceipt> byId = new ArrayList<>();
    List<LateAnswer> late = new ArrayList<>();
    List<OptOut> optedOut = new ArrayList<>();
    for (Notice notice : notices) {
      switch (notice) {
        case Notice.OfMessage about -> told.add(ToldReceipt.ofMessage(about.receipt()));
        case Notice.OfCarrierMessage about -> byId.add(about.receipt());
        case Notice.OfLateAnswer about -> late.add(about.answer());
        case Notice.OfOptOut about -> optedOut.add(about.optOut());
      }
    }
    told.addAll(found(byId));
    int ofNobody = settle(told) + settleLate(late) + optOuts.handle(optedOut);
    if (ofNobody > 0) {
      watch.ofNobody(ofNobody);
    }
  }

  private int settle(List<ToldReceipt> told) {
    return told.isEmpty() ? 0 : told.size() - sweeping.told(told, messages::note, _ -> {}).size();
  }

  /// Returns how many were about nobody's message: nothing is learnt from those.
  private int settleLate(List<LateAnswer> late) {
    if (late.isEmpty()) {
      return 0;
    }
    Map<ToldReceipt, LateAnswer> answers = new LinkedHashMap<>();
    late.forEach(answer -> answers.put(ToldReceipt.ofMessage(answer.receipt()), answer));
    List<ToldReceipt> kept =
        sweeping.told(
            answers.keySet(),
            messages::note,
            own -> own.forEach(told -> learn(Objects.requireNonNull(answers.get(told)))));
    return answers.size() - kept.size();
  }

  private void learn(LateAnswer answer) {
    Map<String, Part> parts = Part.byIds(answer.ref(), answer.attempt(), answer.partIds());
    if (!parts.isEmpty()) {
      messages.learn(answer.carrier(), parts);
    }
  }

  /// Those whose ids are known; the others are parked. Whoever makes an id known stores it before
  /// the parked ones are looked for; whoever parks looks for the id after that: neither can miss
  /// the other.
  private List<ToldReceipt> found(List<CarrierReceipt> receipts) {
    if (receipts.isEmpty()) {
      return List.of();
    }
    List<ToldReceipt> found = new ArrayList<>(receipts.size());
    List<CarrierReceipt> unknown = match(receipts, found);
    if (!unknown.isEmpty()) {
      messages.park(unknown, clock.instant());
      watch.parked(match(unknown, found).size());
    }
    return found;
  }

  /// Adds those whose parts are known, and returns the others.
  private List<CarrierReceipt> match(List<CarrierReceipt> receipts, List<ToldReceipt> found) {
    Map<CarrierReceipt, Part> parts = messages.match(receipts);
    List<CarrierReceipt> unknown = new ArrayList<>();
    for (CarrierReceipt receipt : receipts) {
      Part part = parts.get(receipt);
      if (part == null) {
        unknown.add(receipt);
      } else {
        found.add(ToldReceipt.ofPart(receipt, part));
      }
    }
    return unknown;
  }

  /// Who is told what becomes of notices that change nothing, or not yet. Called by any thread.
  public interface Watch {
    /// So many were about no message, or about nobody whom anybody wrote to.
    void ofNobody(int notices);

    /// So many are parked, for all that is known now; may be none.
    void parked(int receipts);

    /// This one failed by itself, twice, and is left out.
    void failed(Notice notice, RuntimeException failure);
  }
}
