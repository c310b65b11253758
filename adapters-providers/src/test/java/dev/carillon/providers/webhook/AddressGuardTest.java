package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private static final AddressGuard GUARD = new AddressGuard(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::2",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff::1",
        "ff02::1",
        "100::1",
        "64:ff9b:1::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::c0a8:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:a9fe:a9fe::",
        "2001:db8::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "3fff::1",
        "3fff:fff::1",
        "5f00::1"
      })
  void refusesWhatLeadsInside(String address) {
    assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "168.63.129.17",
        "2606:4700::1111",
        "2a00:1450:4001:800::200e",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "3ffe::1"
      })
  void letsThePublicInternetBeReached(String address) {
    assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isTrue();
  }

  /// Teredo hides the client's address with all its bits inverted (RFC 4380, section 4).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:0:808:808:0:0:80ff:fffe", // client 127.0.0.1
        "2001:0:808:808:0:0:5601:5601", // client 169.254.169.254
        "2001:0:7f00:1:0:0:f7f7:f7f7" // server 127.0.0.1
      })
  void looksThroughTeredo(String address) {
    assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isFalse();
    assertThat(GUARD.allows(InetAddress.ofLiteral("2001:0:808:808:0:0:f7f7:f7f7"))).isTrue();
  }

  /// The bytes as they come, not made smaller by the platform, which reads them as IPv4.
  @Test
  void looksThroughMappedAddressesEvenWhereThePlatformDoesNot() {
    byte[] loopback = new byte[16];
    loopback[10] = (byte) 0xff;
    loopback[11] = (byte) 0xff;
    loopback[12] = 127;
    loopback[15] = 1;

    assertThat(GUARD.allows(loopback)).isFalse();
  }

  @Test
  void letsWhatIsConfiguredBeReachedAndNothingBesides() {
    AddressGuard guard =
        new AddressGuard(List.of(Network.of("10.1.2.0/24"), Network.of("fd00:1::/32")));

    assertThat(guard.allows(InetAddress.ofLiteral("10.1.2.255"))).isTrue();
    assertThat(guard.allows(InetAddress.ofLiteral("10.1.3.0"))).isFalse();
    assertThat(guard.allows(InetAddress.ofLiteral("fd00:1::9"))).isTrue();
    assertThat(guard.allows(InetAddress.ofLiteral("fd00:2::9"))).isFalse();
  }

  /// Whatever the JDK itself calls special must be closed, too.
  @Test
  void isNeverMoreTrustingThanThePlatform() throws UnknownHostException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      if (bytes.length == 16 && random.nextBoolean()) {
        bytes[0] = (byte) (0xfc + random.nextInt(4));
      }
      InetAddress address = InetAddress.getByAddress(bytes);
      if (address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || address.isMulticastAddress()) {
        assertThat(GUARD.allows(address)).as("%s, seed %d", address, seed).isFalse();
      }
    }
  }
}
