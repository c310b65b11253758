package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JooqFlowLimitsIT {
  private static final CarrierId CARRIER = new CarrierId("smpp");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final AdaptiveRate NONE = new AdaptiveRate(0, 0, null);

  private final TestDatabase database = TestDatabase.create();
  private final FlowLimits limits = database.database().forEngine().limits();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsWhatWasSetForACarrier() {
    limits.set(CARRIER, 500, 30, true, "anna", NOW);
    limits.set(CARRIER, 200.5, 0, false, "anna", NOW.plusSeconds(1));

    assertThat(limits.carriers())
        .isEqualTo(Map.of(CARRIER, new CarrierLimits(new AdaptiveRate(200.5, 0, null), 0, false)));
  }

  @Test
  void keepsACutOfACarrierThatNobodySetAnythingFor() {
    limits.cut(CARRIER, NONE, new AdaptiveRate(0, 70, NOW));

    assertThat(limits.carriers())
        .isEqualTo(Map.of(CARRIER, new CarrierLimits(new AdaptiveRate(0, 70, NOW), 0, true)));
  }

  @Test
  void takesTheFirstOfTwoCutsThatSeveralNodesNote() {
    limits.set(CARRIER, 100, 30, true, "anna", NOW);
    AdaptiveRate before = new AdaptiveRate(100, 0, null);
    AdaptiveRate first = before.cut(100, NOW);
    limits.cut(CARRIER, before, first);
    limits.cut(CARRIER, before, new AdaptiveRate(100, 10, NOW.plusMillis(5)));
    assertThat(rate()).isEqualTo(first);

    AdaptiveRate second = first.cut(100, NOW.plusSeconds(2));
    limits.cut(CARRIER, first, second);
    assertThat(rate()).isEqualTo(second);
  }

  @Test
  void forgetsWhatWasLearntWhenALimitIsSet() {
    AdaptiveRate learnt = new AdaptiveRate(0, 70, NOW);
    limits.cut(CARRIER, NONE, learnt);
    limits.set(CARRIER, 100, 0, true, "anna", NOW);
    limits.cut(CARRIER, learnt, new AdaptiveRate(0, 49, NOW.plusSeconds(2)));

    assertThat(rate()).isEqualTo(new AdaptiveRate(100, 0, null));
  }

  @Test
  void keepsTheLimitsOfSendersUntilTheyAreTakenAway() {
    Sender acme = sender(1, "ACME");
    Sender same = sender(2, "ACME");
    Sender other = sender(1, "OTHER");
    limits.set(acme, 5, "anna", NOW);
    limits.set(acme, 7, "anna", NOW);
    limits.set(same, 9, "anna", NOW);
    limits.set(other, 3, "anna", NOW);
    limits.set(other, 0, "anna", NOW);

    assertThat(limits.senders(List.of(acme, other))).isEqualTo(Map.of(acme, 7.0));
    assertThat(limits.senders(List.of())).isEmpty();
    assertThat(limits.allSenders(acme.scope())).isEqualTo(Map.of(acme, 7.0));
    assertThat(limits.allSenders(null)).isEqualTo(Map.of(acme, 7.0, same, 9.0));
  }

  private AdaptiveRate rate() {
    return limits.carriers().getOrDefault(CARRIER, new CarrierLimits(NONE, 0, true)).rate();
  }

  private static Sender sender(long business, String value) {
    return new Sender(new Scope(new BusinessId(business), Environment.LIVE), value);
  }
}
