package dev.carillon.benchmarks.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EndToEndFiguresTest {
  private static final String ACCEPT =
      "accept   500,000, ONE_TEXT, 1 client threads: 131,072 messages/s, a message: WAL 240 B,"
          + " PostgreSQL CPU 1.90 us, own CPU 4.10 us\n";
  private static final String DISPATCH =
      "dispatch 500,000: 65,536 messages/s, a message: WAL 140 B,";

  @Test
  void ratesAndCpuAreReadFromWhatIsPrinted() {
    EndToEndFigures figures =
        EndToEndFigures.parse(
            "PostgreSQL 18.6, fsync on\n"
                + ACCEPT
                + DISPATCH
                + " PostgreSQL CPU 6.25 us, own CPU 9.50 us\n");
    assertThat(figures.accepted()).isEqualTo(131_072);
    assertThat(figures.dispatched()).isEqualTo(65_536);
    assertThat(figures.cpuMicros().orElseThrow()).isCloseTo(15.75, within(1e-9));
  }

  @Test
  void aServerElsewhereHasNoCpu() {
    EndToEndFigures figures =
        EndToEndFigures.parse(ACCEPT + DISPATCH + " PostgreSQL CPU n/a, own CPU 9.50 us\n");
    assertThat(figures.cpuMicros()).isEmpty();
  }

  @Test
  void aRunThatPrintedNoRateIsNone() {
    assertThatThrownBy(() -> EndToEndFigures.parse(ACCEPT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
