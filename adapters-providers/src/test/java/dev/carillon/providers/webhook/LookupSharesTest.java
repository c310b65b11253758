package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.business.BusinessId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookupSharesTest {
  private static final long NOW = -5;
  private static final long LATER = NOW + Duration.ofMinutes(10).toNanos();
  private static final int SLOW = 100;
  private static final int NEW = 200;
  private static final int PROVEN = 300;

  private final LookupShares shares = new LookupShares();

  @Test
  void givesABusinessFour() {
    shares.answered(new BusinessId(PROVEN));

    assertThat(taken(PROVEN, 1, NOW)).isEqualTo(4);
    shares.end(new BusinessId(PROVEN));
    assertThat(taken(PROVEN, 1, NOW)).isOne();
  }

  @Test
  void keepsAHalfFromTheSlowAndAQuarterFromThoseThatNeverAnswered() {
    for (int i = 0; i < 20; i++) {
      shares.answered(new BusinessId(SLOW + i));
      shares.late(new BusinessId(SLOW + i), NOW);
      shares.answered(new BusinessId(SLOW + i));
      shares.answered(new BusinessId(PROVEN + i));
    }

    assertThat(taken(SLOW, 20, NOW)).isEqualTo(32);
    assertThat(taken(NEW, 20, NOW)).isEqualTo(16);
    assertThat(taken(PROVEN, 20, NOW)).isEqualTo(16);
  }

  @Test
  void forgivesAfterTenMinutes() {
    for (int i = 0; i < 20; i++) {
      shares.answered(new BusinessId(SLOW + i));
      shares.late(new BusinessId(SLOW + i), NOW);
    }

    assertThat(taken(SLOW, 20, LATER - 1)).isEqualTo(32);
    assertThat(taken(SLOW, 20, LATER)).isEqualTo(32);
  }

  /// How many so many businesses get together.
  private int taken(int first, int businesses, long nanos) {
    int taken = 0;
    for (int i = 0; i < businesses; i++) {
      BusinessId business = new BusinessId(first + i);
      while (shares.hasRoom(business, nanos)) {
        shares.begin(business);
        taken++;
      }
    }
    return taken;
  }
}
