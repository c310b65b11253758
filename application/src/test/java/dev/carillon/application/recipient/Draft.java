package dev.carillon.application.recipient;

import dev.carillon.domain.recipient.RecipientField;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a caller writes about Jane Smith: `Draft.jane().sms("0771234567")`. Says only what matters
/// to a test.
final class Draft {
  private String firstName = "Jane";
  private String lastName = "Smith";
  private String email = "";
  private String sms = "";
  private String whatsApp = "";
  private String country = "";
  private String notes = "";
  private String reference = "";
  private List<String> tags = List.of();

  private Draft() {}

  static Draft jane() {
    return new Draft();
  }

  /// One that gives nothing, as a change of single fields does.
  static Draft nothing() {
    return new Draft().named("", "");
  }

  Draft named(String first, String last) {
    firstName = first;
    lastName = last;
    return this;
  }

  Draft email(String text) {
    email = text;
    return this;
  }

  Draft sms(String text) {
    sms = text;
    return this;
  }

  Draft whatsApp(String text) {
    whatsApp = text;
    return this;
  }

  Draft country(String text) {
    country = text;
    return this;
  }

  Draft notes(String text) {
    notes = text;
    return this;
  }

  Draft reference(String text) {
    reference = text;
    return this;
  }

  Draft tags(String... texts) {
    tags = List.of(texts);
    return this;
  }

  RecipientDraft build() {
    return new RecipientDraft(
        firstName, lastName, email, sms, whatsApp, "", "", "", "", country, tags, notes, reference);
  }

  /// The row of an import that changes what it gives.
  ImportRecipients.Row row() {
    return new ImportRecipients.Row(build(), given());
  }

  private Set<RecipientField> given() {
    Set<RecipientField> given = EnumSet.noneOf(RecipientField.class);
    add(given, RecipientField.FIRST_NAME, firstName);
    add(given, RecipientField.LAST_NAME, lastName);
    add(given, RecipientField.EMAIL, email);
    add(given, RecipientField.SMS_PHONE, sms);
    add(given, RecipientField.WHATSAPP_PHONE, whatsApp);
    add(given, RecipientField.COUNTRY, country);
    add(given, RecipientField.NOTES, notes);
    add(given, RecipientField.REFERENCE, reference);
    add(given, RecipientField.TAGS, String.join("", tags));
    return given;
  }

  private static void add(Set<RecipientField> given, RecipientField field, String text) {
    if (!text.isEmpty()) {
      given.add(field);
    }
  }
}
