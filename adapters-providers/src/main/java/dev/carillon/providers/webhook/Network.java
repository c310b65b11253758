package dev.carillon.providers.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses, written as CIDR (RFC 4632, RFC 4291): `10.0.0.0/8`, `fc00::/7`.
public final class Network {
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  private final byte[] first;
  private final int bits;

  private Network(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /// The range that a text names; an address alone is a range of one. Empty when it names none.
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return literal(address)
        .flatMap(first -> {
          int most = first.length * Byte.SIZE;
          String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
          if (!BITS.matcher(length).matches() || Integer.parseInt(length) > most) {
            return Optional.empty();
          }
          return Optional.of(new Network(first, Integer.parseInt(length)));
        });
  }

  /// A range that is surely well written. Throws an IllegalArgumentException otherwise.
  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  static Network of(byte[] first, int bits) {
    return new Network(first.clone(), bits);
  }

  /// Whether the address is one of these; IPv4 and IPv6 never meet.
  boolean contains(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (address[i] != first[i]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    int mask = 0xff << (Byte.SIZE - rest);
    return rest == 0 || ((address[whole] ^ first[whole]) & mask & 0xff) == 0;
  }

  /// The bytes of an address that is written as one; never looks a name up.
  static Optional<byte[]> literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(first).getHostAddress() + "/" + bits;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }
}
