package dev.carillon.providers.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Decides which addresses may be connected to: those of the public Internet, and those that are
/// configured besides. Everything that leads inside is refused, also when it is written into an
/// address of another kind: this machine, the local network, the metadata services of clouds.
final class AddressGuard {
  private static final int V4_LENGTH = 4;
  private static final int V6_LENGTH = 16;

  /// What is not globally reachable, or not one receiver (IANA IPv4 Special-Purpose Address
  /// Registry, RFC 6890 and its updates; multicast: RFC 5771).
  private static final List<Network> CLOSED_V4 =
      networks(
          "0.0.0.0/8", // this network, RFC 791
          "10.0.0.0/8", // private, RFC 1918
          "100.64.0.0/10", // shared address space of carriers, RFC 6598
          "127.0.0.0/8", // loopback, RFC 1122
          "169.254.0.0/16", // link-local, RFC 3927, and metadata of clouds
          "172.16.0.0/12", // private, RFC 1918
          "192.0.0.0/24", // IETF protocol assignments, RFC 6890
          "192.0.2.0/24", // documentation, RFC 5737
          "192.88.99.0/24", // 6to4 relays, RFC 7526
          "192.168.0.0/16", // private, RFC 1918
          "198.18.0.0/15", // benchmarking, RFC 2544
          "198.51.100.0/24", // documentation, RFC 5737
          "203.0.113.0/24", // documentation, RFC 5737
          "224.0.0.0/4", // multicast, RFC 5771
          "240.0.0.0/4", // reserved and broadcast, RFC 1112, RFC 919
          // the platform of Azure, which answers every virtual machine (Microsoft Learn, "What is
          // IP address 168.63.129.16?")
          "168.63.129.16/32");

  /// Global unicast (RFC 4291, section 2.4); what lies outside is loopback, link-local, unique
  /// local (fd00:ec2::254 among it), multicast or not assigned.
  private static final Network GLOBAL_V6 = Network.of("2000::/3");

  /// Within global unicast (IANA IPv6 Special-Purpose Address Registry).
  private static final List<Network> CLOSED_V6 =
      networks(
          "2001::/23", // IETF protocol assignments, RFC 2928
          "2001:db8::/32", // documentation, RFC 3849
          "3fff::/20"); // documentation, RFC 9637

  /// IPv4 within IPv6: what is reached is the IPv4 address.
  private static final Network TEREDO = Network.of("2001::/32"); // RFC 4380, client inverted, last

  private static final Network SIX_TO_FOUR = Network.of("2002::/16"); // RFC 3056, after 16 bits
  private static final Network NAT64 = Network.of("64:ff9b::/96"); // RFC 6052, last
  private static final Network MAPPED = Network.of(mapped(), 96); // RFC 4291, last

  private static final int SIX_TO_FOUR_OFFSET = 2;

  private final List<Network> allowed;

  /// @param allowed what may be connected to although it leads inside
  AddressGuard(List<Network> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /// Whether a connection to the address may be made.
  boolean allows(InetAddress address) {
    return allows(address.getAddress());
  }

  boolean allows(byte[] address) {
    return allowed.stream().anyMatch(network -> network.contains(address)) || isOutside(address);
  }

  private boolean isOutside(byte[] address) {
    return address.length == V4_LENGTH
        ? CLOSED_V4.stream().noneMatch(network -> network.contains(address))
        : isOutsideV6(address);
  }

  private boolean isOutsideV6(byte[] address) {
    if (NAT64.contains(address) || MAPPED.contains(address)) {
      return allows(Arrays.copyOfRange(address, V6_LENGTH - V4_LENGTH, V6_LENGTH));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return allows(
          Arrays.copyOfRange(address, SIX_TO_FOUR_OFFSET, SIX_TO_FOUR_OFFSET + V4_LENGTH));
    }
    if (TEREDO.contains(address)) {
      return allows(teredoServer(address)) && allows(teredoClient(address));
    }
    return GLOBAL_V6.contains(address)
        && CLOSED_V6.stream().noneMatch(network -> network.contains(address));
  }

  private static byte[] teredoServer(byte[] address) {
    return Arrays.copyOfRange(address, V4_LENGTH, V4_LENGTH + V4_LENGTH);
  }

  private static byte[] teredoClient(byte[] address) {
    byte[] client = Arrays.copyOfRange(address, V6_LENGTH - V4_LENGTH, V6_LENGTH);
    for (int i = 0; i < client.length; i++) {
      client[i] = (byte) ~client[i];
    }
    return client;
  }

  /// Written as text it would be read as IPv4.
  private static byte[] mapped() {
    byte[] address = new byte[V6_LENGTH];
    Arrays.fill(address, V6_LENGTH - V4_LENGTH - 2, V6_LENGTH - V4_LENGTH, (byte) 0xff);
    return address;
  }

  private static List<Network> networks(String... texts) {
    return Arrays.stream(texts).map(Network::of).toList();
  }
}
