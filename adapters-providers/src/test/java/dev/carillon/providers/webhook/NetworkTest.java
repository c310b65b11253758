package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0",
        "10",
        "localhost",
        "example.org/8",
        "::1/129",
        "1.2.3.4.5",
        "fe80::1%lo",
        "10.0.0.0/ 8"
      })
  void knowsWhatIsNoRange(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @Test
  void countsBitsAcrossBytes() {
    Network network = Network.of("172.16.0.0/12");

    assertThat(network.contains(new byte[] {(byte) 172, 16, 0, 0})).isTrue();
    assertThat(network.contains(new byte[] {(byte) 172, 31, (byte) 255, (byte) 255})).isTrue();
    assertThat(network.contains(new byte[] {(byte) 172, 32, 0, 0})).isFalse();
    assertThat(network.contains(new byte[] {(byte) 172, 15, 0, 0})).isFalse();
    assertThat(network.contains(new byte[16])).isFalse();
  }

  @Test
  void takesAnAddressAloneAsARangeOfOne() {
    Network network = Network.of("10.1.2.3");

    assertThat(network.contains(new byte[] {10, 1, 2, 3})).isTrue();
    assertThat(network.contains(new byte[] {10, 1, 2, 4})).isFalse();
    assertThat(network).hasToString("10.1.2.3/32");
  }

  @Test
  void takesAllAsARangeOfAll() {
    assertThat(Network.of("0.0.0.0/0").contains(new byte[] {1, 2, 3, 4})).isTrue();
  }
}
