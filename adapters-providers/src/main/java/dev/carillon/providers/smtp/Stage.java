package dev.carillon.providers.smtp;

/// How far an exchange with a relay has come (RFC 5321, 3.3). Up to [#BODY] nothing is in the
/// relay's hands; at [#END] it may be.
enum Stage {
  /// A connection is made, up to the relay's greeting and its extensions.
  CONNECT("connecting"),
  /// We make ourselves known (AUTH).
  LOGIN("logging in"),
  /// Who sends was told (MAIL).
  SENDER("the sender"),
  /// Who receives was told (RCPT).
  RECIPIENT("the recipient"),
  /// The mail was announced (DATA).
  ANNOUNCEMENT("the announcement of the data"),
  /// The mail is being written.
  BODY("the data"),
  /// The line with the single dot that ends it is being written, or was.
  END("the end of the data");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  /// The same for people.
  String words() {
    return words;
  }
}
