package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptKindTest {

  /// What databases hold: a row of this table may be added, never changed.
  @ParameterizedTest
  @CsvSource({
    "SENT, 1, ACCEPT, SENT",
    "DELIVERED, 2, DELIVER, DELIVERED",
    "READ, 3, CONFIRM_READ, READ",
    "UNDELIVERED, 4, FAIL_DELIVERY, UNDELIVERED"
  })
  void keepsItsCodeAndProvesItsMove(
      ReceiptKind kind, int code, MessageTransition transition, MessageState proven) {
    assertThat(kind.code()).isEqualTo(code);
    assertThat(ReceiptKind.of(code)).isEqualTo(kind);
    assertThat(kind.transition()).isEqualTo(transition);
    assertThat(kind.transition().target()).isEqualTo(proven);
  }

  @Test
  void hasAsManyKindsAsTheTable() {
    assertThat(ReceiptKind.values()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void knowsNoOtherCode(int code) {
    assertThatThrownBy(() -> ReceiptKind.of(code)).isInstanceOf(RuntimeException.class);
  }
}
