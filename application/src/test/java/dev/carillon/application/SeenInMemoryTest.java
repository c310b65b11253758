package dev.carillon.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.SmsContent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenInMemoryTest {
  private final Seen seen = new SeenInMemory();

  @Test
  void knowsWhatCameBeforeAsASetDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Seen.Key> known = new HashSet<>();
    for (int page = 0; page < 50; page++) {
      List<Seen.Key> keys = new ArrayList<>();
      BitSet repeated = new BitSet();
      for (int i = 0; i < 1_000; i++) {
        // Few different low halves, so that slots collide.
        Seen.Key key = new Seen.Key(random.nextInt(10_000), random.nextInt(3));
        repeated.set(i, !known.add(key));
        keys.add(key);
      }
      assertThat(seen.note(keys)).as("seed %d, page %d", seed, page).isEqualTo(repeated);
    }
  }

  @Test
  void tellsTheKeyOfZeroesLikeEveryOther() {
    Seen.Key zero = new Seen.Key(0, 0);

    assertThat(seen.note(List.of(zero, zero)).stream().toArray()).containsExactly(1);
    assertThat(seen.note(List.of(zero)).get(0)).isTrue();
  }

  @Test
  void hasAKeyForEachAddressAndWhatIsSaidToIt() {
    assertThat(
            List.of(
                Fingerprint.key("+1", null),
                Fingerprint.key("+2", null),
                Fingerprint.key("+1", new SmsContent("hello", "")),
                Fingerprint.key("+1", new SmsContent("hello!", ""))))
        .doesNotHaveDuplicates();
    assertThat(Fingerprint.key("+1", new SmsContent("hello", "")))
        .isEqualTo(Fingerprint.key("+1", new SmsContent("hello", "")));
  }
}
