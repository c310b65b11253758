package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CarrierPartHashTest {
  /// Test vectors of draft-eastlake-fnv, appendix C.
  @Test
  void isFnv1aOf64Bits() {
    assertThat(fnv1a("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(fnv1a("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(fnv1a("foobar")).isEqualTo(0x85944171f73967e8L);
  }

  @Test
  void tellsCarriersAndIdsApart() {
    Set<Long> hashes = new HashSet<>();
    for (int n = 0; n < 200_000; n++) {
      hashes.add(CarrierPartHash.of("econet", Integer.toHexString(n)));
    }
    hashes.add(CarrierPartHash.of("econet1", "0"));
    hashes.add(CarrierPartHash.of("econet", "10x"));
    hashes.add(CarrierPartHash.of("econet1", "0x"));

    assertThat(hashes).hasSize(200_003);
  }

  /// Rows that are there are found by it.
  @Test
  void neverChanges() {
    assertThat(CarrierPartHash.of("econet", "4b7e1")).isEqualTo(fnv1a("econet\0" + "4b7e1"));
  }

  private static long fnv1a(String text) {
    return CarrierPartHash.fnv1a(text.getBytes(StandardCharsets.UTF_8));
  }
}
