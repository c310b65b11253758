package dev.carillon.domain.recipient;

import java.util.Optional;

/// By what the row of an import is found to be a recipient who is stored already.
public enum RecipientMatch {
  /// The owner's own id of the contact.
  REFERENCE(RecipientField.REFERENCE),
  /// The mailbox.
  EMAIL(RecipientField.EMAIL),
  /// The number for SMS.
  SMS_PHONE(RecipientField.SMS_PHONE),
  /// The number for WhatsApp.
  WHATSAPP_PHONE(RecipientField.WHATSAPP_PHONE);

  private final RecipientField field;

  RecipientMatch(RecipientField field) {
    this.field = field;
  }

  /// The field that says it.
  public RecipientField field() {
    return field;
  }

  /// What details say in that field; empty if nothing.
  public Optional<String> of(RecipientDetails details) {
    return switch (this) {
      case REFERENCE -> Optional.of(details.reference()).filter(text -> !text.isEmpty());
      case EMAIL -> Optional.ofNullable(details.email()).map(Address::value);
      case SMS_PHONE -> Optional.ofNullable(details.smsPhone()).map(Address::value);
      case WHATSAPP_PHONE -> Optional.ofNullable(details.whatsappPhone()).map(Address::value);
    };
  }
}
