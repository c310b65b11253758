package dev.carillon.domain.content;

/// The way a message travels to a person.
public enum Channel {
  /// Text to a mobile number, billed by part.
  SMS("SMS"),
  /// Text or an approved template to a WhatsApp number.
  WHATSAPP("WhatsApp"),
  /// A mail of HTML, plain text or both.
  EMAIL("Email");

  private final String label;

  Channel(String label) {
    this.label = label;
  }

  /// The name that people read, as in "SMS to 500 recipients".
  public String label() {
    return label;
  }
}
