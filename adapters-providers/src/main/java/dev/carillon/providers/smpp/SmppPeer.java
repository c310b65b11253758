package dev.carillon.providers.smpp;

import java.util.List;

/// An SMS centre, and as whom it is bound to.
///
/// @param tls whether TLS is spoken from the first byte on; its certificate and name are checked
/// @param trust a PEM file of the certificates that vouch for it; empty for those of the JVM
/// @param systemId who we are, at most 15 characters
/// @param password at most 8 characters; never shown
/// @param systemType at most 12 characters; may be empty
/// @param addressRange of the numbers whose messages we get, at most 40 characters; may be empty
public record SmppPeer(
    String host,
    int port,
    boolean tls,
    String trust,
    String systemId,
    String password,
    String systemType,
    String addressRange) {
  /// SMPP 3.4, 5.2: system_id, password, system_type and address_range, without the closing NUL.
  private static final int LONGEST_SYSTEM_ID = 15;

  private static final int LONGEST_PASSWORD = 8;
  private static final int LONGEST_SYSTEM_TYPE = 12;
  private static final int LONGEST_ADDRESS_RANGE = 40;
  private static final int MOST_PORT = 65_535;

  /// A plain connection with the JVM's trust and no system type.
  public static SmppPeer at(String host, int port, String systemId, String password) {
    return new SmppPeer(host, port, false, "", systemId, password, "", "");
  }

  void check(List<String> problems) {
    SmppConfig.require(!host.isBlank(), problems, "host must be given");
    SmppConfig.require(port >= 1 && port <= MOST_PORT, problems, "port must be 1 to " + MOST_PORT);
    SmppConfig.require(!systemId.isEmpty(), problems, "system-id must be given");
    SmppConfig.require(tls || trust.isEmpty(), problems, "tls-trust must not be given without tls");
    text(problems, "system-id", systemId, LONGEST_SYSTEM_ID);
    text(problems, "password", password, LONGEST_PASSWORD);
    text(problems, "system-type", systemType, LONGEST_SYSTEM_TYPE);
    text(problems, "address-range", addressRange, LONGEST_ADDRESS_RANGE);
  }

  private static void text(List<String> problems, String name, String value, int longest) {
    SmppConfig.require(
        value.length() <= longest && Ascii.isPrintable(value),
        problems,
        "%s must have at most %d printable ASCII characters".formatted(name, longest));
  }

  @Override
  public String toString() {
    return "SmppPeer[" + host + ":" + port + "]";
  }
}
