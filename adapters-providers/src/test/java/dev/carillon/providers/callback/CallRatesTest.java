package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRatesTest {
  private final AtomicLong now = new AtomicLong();
  private final CallRates rates = new CallRates(3, now::get);

  @Test
  void admitsSoManyInASecondFromEachAddressToEachPlace() {
    assertThat(admitted("twilio", "10.0.0.1", 5)).isEqualTo(3);
    assertThat(admitted("twilio", "10.0.0.2", 5)).isEqualTo(3);
    assertThat(admitted("meta", "10.0.0.1", 5)).isEqualTo(3);
    now.set(999_999_999);
    assertThat(admitted("twilio", "10.0.0.1", 5)).isZero();
    now.set(1_000_000_000);
    assertThat(admitted("twilio", "10.0.0.1", 5)).isEqualTo(3);
  }

  @Test
  void countsAddressesTogetherWhenThereAreTooMany() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(rates.admits("twilio", "10.0.0." + i)).isTrue();
    }

    long admitted =
        IntStream.range(0, 1_000).filter(i -> rates.admits("twilio", "10.1.0." + i)).count();

    assertThat(admitted).isEqualTo(3);
    assertThat(rates.admits("twilio", "10.0.0.1")).isTrue();
  }

  private long admitted(String place, String address, int calls) {
    return IntStream.range(0, calls).filter(_ -> rates.admits(place, address)).count();
  }
}
