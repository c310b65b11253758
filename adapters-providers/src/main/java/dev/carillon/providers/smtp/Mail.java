package dev.carillon.providers.smtp;

/// A mail as it goes over the wire, and its envelope.
///
/// @param from where its bounces go
/// @param to whom it goes to
/// @param id what stands in its Message-ID, without the angle brackets
/// @param envelopeId what relays that can (RFC 3461, 4.4) put into their reports
/// @param octets header and body, each line ended by CR LF
@SuppressWarnings("ArrayRecordComponent") // never compared
record Mail(String from, String to, String id, String envelopeId, byte[] octets) {
  @Override
  public String toString() {
    return "Mail[" + octets.length + " octets]";
  }
}
