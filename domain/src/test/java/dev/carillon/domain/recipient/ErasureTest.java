package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErasureTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ErasureId ID =
      new ErasureId(UUID.fromString("0195f1f0-0000-7000-8000-0000000000ab"));

  @Test
  void isDoneOnceItHasEnded() {
    assertThat(new Erasure(ID, Erasure.Counts.NONE, NOW, null).done()).isFalse();
    assertThat(new Erasure(ID, Erasure.Counts.NONE, NOW, NOW).done()).isTrue();
  }

  @Test
  void addsWhatWasDoneFigureByFigure() {
    assertThat(new Erasure.Counts(1, 2, 3).plus(new Erasure.Counts(10, 20, 30)))
        .isEqualTo(new Erasure.Counts(11, 22, 33));
  }

  @Test
  void neverShowsTheAddressThatIsToBeForgotten() {
    Erasure.Subject subject =
        new Erasure.Subject.OfAddress(PhoneNumber.parse("+263771234567").orElseThrow());

    assertThat(subject.toString()).doesNotContain("771234567");
  }

  @Test
  void readsItsIdInDigitsOfEitherCase() {
    assertThat(ErasureId.parse(ID.toString())).contains(ID);
    assertThat(ErasureId.parse("0195F1F0-0000-7000-8000-0000000000AB")).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1-1-1-1-1",
        "0195f1f0000070008000000000000ab",
        "0195f1f0-0000-7000-8000-0000000000ab ",
        "0195f1f0-0000-7000-8000-0000000000g0"
      })
  void readsNoOtherId(String text) {
    assertThat(ErasureId.parse(text)).isEmpty();
  }
}
