package dev.carillon.application.suppression;

import dev.carillon.application.port.Suppressions;
import dev.carillon.application.port.Suppressions.Target;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Suppression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Puts those on lists of whom carriers tell that they want no more, or cannot be reached at all.
/// Doing it twice does no harm.
public final class RecordOptOuts {
  /// Who wrote to somebody longer ago than this is not meant by what that person writes back.
  private static final Duration WRITERS_WITHIN = Duration.ofDays(90);

  private static final String CARRIER = "carrier";
  private static final String RECIPIENT = "recipient";

  private final Suppressions suppressions;
  private final Consumer<List<Suppression>> told;

  /// @param told of what is on a list now, after it is stored
  public RecordOptOuts(Suppressions suppressions, Consumer<List<Suppression>> told) {
    this.suppressions = suppressions;
    this.told = told;
  }

  /// Stores them; returns how many concern nobody who wrote to the address. Throws a
  /// DomainException: StoreUnavailable.
  public int handle(List<OptOut> optOuts) {
    if (optOuts.isEmpty()) {
      return 0;
    }
    Map<MessageRef, Target> targets = targets(optOuts);
    List<Suppression> found = new ArrayList<>();
    int ofNobody = 0;
    for (OptOut optOut : optOuts) {
      List<Suppression> own =
          switch (optOut) {
            case OptOut.OfMessage message -> ofMessage(message, targets);
            case OptOut.OfRecipient recipient -> ofRecipient(recipient, targets);
            case OptOut.OfAddress address -> ofAddress(address);
          };
      found.addAll(own);
      ofNobody += own.isEmpty() ? 1 : 0;
    }
    if (!found.isEmpty()) {
      suppressions.add(found);
      told.accept(found);
    }
    return ofNobody;
  }

  private Map<MessageRef, Target> targets(List<OptOut> optOuts) {
    Set<MessageRef> refs = new LinkedHashSet<>();
    for (OptOut optOut : optOuts) {
      switch (optOut) {
        case OptOut.OfMessage message -> refs.add(message.ref());
        case OptOut.OfRecipient recipient -> refs.add(recipient.ref());
        case OptOut.OfAddress _ -> {}
      }
    }
    return refs.isEmpty() ? Map.of() : suppressions.targets(refs);
  }

  /// Nobody but a carrier that has had the message may speak of it.
  private static List<Suppression> ofMessage(
      OptOut.OfMessage optOut, Map<MessageRef, Target> targets) {
    Target target = targets.get(optOut.ref());
    return target == null || !target.carriers().contains(optOut.carrier())
        ? List.of()
        : List.of(of(target, optOut, CARRIER + ":" + optOut.carrier().value()));
  }

  private static List<Suppression> ofRecipient(
      OptOut.OfRecipient optOut, Map<MessageRef, Target> targets) {
    Target target = targets.get(optOut.ref());
    return target == null ? List.of() : List.of(of(target, optOut, RECIPIENT));
  }

  private static Suppression of(Target target, OptOut optOut, String by) {
    return new Suppression(
        target.scope(),
        target.channel(),
        target.address(),
        optOut.cause(),
        optOut.detail(),
        by,
        optOut.at());
  }

  private List<Suppression> ofAddress(OptOut.OfAddress optOut) {
    Set<Scope> writers = suppressions.writersTo(optOut, optOut.at().minus(WRITERS_WITHIN));
    return writers.stream()
        .map(scope ->
            new Suppression(
                scope,
                optOut.channel(),
                optOut.address(),
                optOut.cause(),
                optOut.detail(),
                CARRIER + ":" + optOut.carrier().value(),
                optOut.at()))
        .toList();
  }
}
