package dev.carillon.providers.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.DispatchOutcome.Throttled;
import dev.carillon.domain.delivery.DispatchOutcome.Unreachable;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppErrorCodesTest {
  @ParameterizedTest
  @ValueSource(
      longs = {0, 3, 10, 33, 190, 200, 201, 299, 368, 131005, 131031, 131042, 131045, 133010})
  void theAccountWaitsForTheOperator(long code) {
    assertThat(outcome(code))
        .isInstanceOfSatisfying(
            Unreachable.class, it -> assertThat(it.reason()).isEqualTo(Reason.ACCOUNT_REFUSED));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 80007, 130429})
  void theAccountIsSlowedDown(long code) {
    assertThat(outcome(code)).isEqualTo(new Throttled(null));
    Duration asked = Duration.ofSeconds(9);
    assertThat(WhatsAppErrorCodes.of(code).orElseThrow().outcome(asked))
        .isEqualTo(new Throttled(asked));
  }

  @Test
  void aNumberRestrictedForItsQualityIsLeftAloneForLong() {
    assertThat(outcome(131048)).isEqualTo(new Throttled(Duration.ofHours(1)));
  }

  @Test
  void aRecipientThatHadTooManyDoesNotSlowOthersDown() {
    assertThat(outcome(131056))
        .isEqualTo(
            new Unreachable(
                Reason.THROTTLED, "131056 too many to this recipient", Duration.ofSeconds(6)));
    assertThat(outcome(131049))
        .isInstanceOfSatisfying(
            Unreachable.class, it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 131000, 131016, 131057, 133004})
  void whatFailedAtMetaIsTriedAgain(long code) {
    assertThat(outcome(code))
        .isInstanceOfSatisfying(
            Unreachable.class, it -> assertThat(it.reason()).isEqualTo(Reason.CARRIER_UNREACHABLE));
  }

  @ParameterizedTest
  @CsvSource({
    "131026, DESTINATION_UNREACHABLE",
    "131050, DESTINATION_BLOCKED",
    "130497, ROUTE_REFUSED",
    "131030, ROUTE_REFUSED",
    "131047, CONTENT_REFUSED",
    "131051, CONTENT_REFUSED",
    "132000, CONTENT_REFUSED",
    "132001, CONTENT_REFUSED",
    "132016, CONTENT_REFUSED",
    "100, CARRIER_REFUSED",
    "131008, CARRIER_REFUSED",
    "131009, CARRIER_REFUSED",
    "131021, CARRIER_REFUSED",
  })
  void theMessageIsRefusedForGood(long code, Reason reason) {
    assertThat(outcome(code))
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class, it -> assertThat(it.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @EnumSource
  void everyLineIsFoundByItsCodeAndSaysIt(WhatsAppErrorCodes line) {
    assertThat(WhatsAppErrorCodes.of(line.code())).contains(line);
    assertThat(line.detail()).startsWith(line.code() + " ").hasSizeLessThan(64);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 5, 199, 300, 999999, 4294967486L})
  void otherNumbersMeanNothing(long code) {
    assertThat(WhatsAppErrorCodes.of(code)).isEmpty();
  }

  private static DispatchOutcome outcome(long code) {
    return WhatsAppErrorCodes.of(code).orElseThrow().outcome(null);
  }
}
