package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

  /// What databases hold: a row of this table may be added, never changed.
  @ParameterizedTest
  @CsvSource({
    "INVALID_DESTINATION, 1",
    "EMPTY_CONTENT, 2",
    "CONTENT_TOO_LONG, 3",
    "INVALID_CLIENT_REF, 4",
    "INVALID_CONTENT, 5",
    "MISSING_VARIABLE, 6",
    "DUPLICATE, 7",
    "SUPPRESSED, 8",
    "NO_ADDRESS, 9",
    "EXCLUDED, 10",
    "RECIPIENT_NOT_FOUND, 11",
    "FREQUENCY_CAPPED, 12",
    "NO_PRICE, 13",
    "CANCELLED, 20",
    "EXPIRED, 21",
    "OUTCOME_UNKNOWN, 22",
    "SYSTEM_ERROR, 23",
    "RECIPIENT_DELETED, 24",
    "CARRIER_REFUSED, 40",
    "UNKNOWN_DESTINATION, 41",
    "DESTINATION_BLOCKED, 42",
    "CONTENT_REFUSED, 43",
    "SENDER_REFUSED, 44",
    "THROTTLED, 45",
    "CARRIER_UNREACHABLE, 46",
    "DESTINATION_UNREACHABLE, 47",
    "NOT_DELIVERED, 48",
    "ROUTE_REFUSED, 49",
    "ACCOUNT_REFUSED, 50"
  })
  void keepsItsCode(Reason reason, int code) {
    assertThat(reason.code()).isEqualTo(code);
    assertThat(Reason.of(code)).isEqualTo(reason);
  }

  @Test
  void hasAsManyReasonsAsTheTable() {
    assertThat(Reason.values()).hasSize(29);
  }

  @Test
  void givesEachReasonACodeAndADescriptionOfItsOwn() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::code)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Reason.values()).map(Reason::description))
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @EnumSource
  void saysOfARefusalWhetherAnotherCarrierMayTakeTheMessage(Reason reason) {
    assertThat(reason.isOfCarrier())
        .isEqualTo(
            Set.of(Reason.SENDER_REFUSED, Reason.ROUTE_REFUSED, Reason.ACCOUNT_REFUSED)
                .contains(reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 14, 19, 25, 39, 51, 63, 64, 1000})
  void knowsNoOtherCode(int code) {
    assertThatIllegalArgumentException().isThrownBy(() -> Reason.of(code));
  }
}
