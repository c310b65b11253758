package dev.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.providers.simulated.MagicAddresses;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  // shorter than a magic block, which has a hundred numbers
  private static final int STEP = 97;

  @Test
  void areAllDifferentAndNoneIsScripted() {
    Set<String> seen = new HashSet<>();
    for (int n = 0; n < Numbers.COUNT; n += STEP) {
      String number = Numbers.at(n);
      assertThat(seen.add(number)).as(number).isTrue();
      assertThat(MagicAddresses.script(Channel.SMS, number)).as(number).isEmpty();
    }
  }

  @Test
  void beginAgainAtTheEnd() {
    assertThat(Numbers.at(Numbers.COUNT)).isEqualTo(Numbers.at(0));
  }
}
