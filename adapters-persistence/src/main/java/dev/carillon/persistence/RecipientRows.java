package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;

import dev.carillon.application.port.NewRecipient;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.persistence.schema.tables.records.RecipientRecord;
import java.time.Instant;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/// Between rows of recipients and the domain. What is not known is null in the store.
final class RecipientRows {
  /// What is written of a recipient as text.
  static final List<TableField<RecipientRecord, String>> TEXTS =
      List.of(
          RECIPIENT.REFERENCE,
          RECIPIENT.FIRST_NAME,
          RECIPIENT.LAST_NAME,
          RECIPIENT.EMAIL,
          RECIPIENT.SMS_PHONE,
          RECIPIENT.WHATSAPP_PHONE,
          RECIPIENT.STREET,
          RECIPIENT.CITY,
          RECIPIENT.STATE,
          RECIPIENT.ZIP_CODE,
          RECIPIENT.COUNTRY,
          RECIPIENT.NOTES);

  /// All that a recipient is made of.
  static final List<Field<?>> FIELDS =
      List.of(
          RECIPIENT.ID,
          RECIPIENT.PUBLIC_ID,
          RECIPIENT.REFERENCE,
          RECIPIENT.FIRST_NAME,
          RECIPIENT.LAST_NAME,
          RECIPIENT.EMAIL,
          RECIPIENT.SMS_PHONE,
          RECIPIENT.WHATSAPP_PHONE,
          RECIPIENT.STREET,
          RECIPIENT.CITY,
          RECIPIENT.STATE,
          RECIPIENT.ZIP_CODE,
          RECIPIENT.COUNTRY,
          RECIPIENT.TAGS,
          RECIPIENT.NOTES,
          RECIPIENT.VERSION,
          RECIPIENT.CREATED_AT,
          RECIPIENT.UPDATED_AT);

  private RecipientRows() {}

  static Recipient recipient(Record row) {
    String country = row.get(RECIPIENT.COUNTRY);
    return new Recipient(
        new RecipientId(row.get(RECIPIENT.ID)),
        row.get(RECIPIENT.PUBLIC_ID),
        new RecipientDetails(
            row.get(RECIPIENT.FIRST_NAME),
            row.get(RECIPIENT.LAST_NAME),
            email(row.get(RECIPIENT.EMAIL)),
            phone(row.get(RECIPIENT.SMS_PHONE)),
            phone(row.get(RECIPIENT.WHATSAPP_PHONE)),
            new PostalAddress(
                orEmpty(row.get(RECIPIENT.STREET)),
                orEmpty(row.get(RECIPIENT.CITY)),
                orEmpty(row.get(RECIPIENT.STATE)),
                orEmpty(row.get(RECIPIENT.ZIP_CODE)),
                country == null ? null : new CountryCode(country)),
            List.of(row.get(RECIPIENT.TAGS)),
            orEmpty(row.get(RECIPIENT.NOTES)),
            orEmpty(row.get(RECIPIENT.REFERENCE))),
        row.get(RECIPIENT.VERSION),
        row.get(RECIPIENT.CREATED_AT),
        row.get(RECIPIENT.UPDATED_AT));
  }

  static RecipientRecord toRow(Scope scope, NewRecipient recipient, Instant now) {
    RecipientRecord row = new RecipientRecord();
    row.setPublicId(recipient.publicId());
    row.setBusinessId(scope.business().value());
    row.setEnvironment(scope.environment().name());
    row.setVersion(1L);
    row.setCreatedAt(now);
    row.setUpdatedAt(now);
    details(row, recipient.details());
    return row;
  }

  /// What a change writes, with the number of the row.
  static RecipientRecord toRow(Recipient changed) {
    RecipientRecord row = new RecipientRecord();
    row.setId(changed.id().value());
    details(row, changed.details());
    row.setVersion(changed.version());
    row.setUpdatedAt(changed.updatedAt());
    return row;
  }

  private static void details(RecipientRecord row, RecipientDetails details) {
    row.setReference(unlessEmpty(details.reference()));
    row.setFirstName(details.firstName());
    row.setLastName(details.lastName());
    row.setEmail(text(details.email()));
    row.setSmsPhone(text(details.smsPhone()));
    row.setWhatsappPhone(text(details.whatsappPhone()));
    row.setStreet(unlessEmpty(details.address().street()));
    row.setCity(unlessEmpty(details.address().city()));
    row.setState(unlessEmpty(details.address().state()));
    row.setZipCode(unlessEmpty(details.address().zipCode()));
    row.setCountry(code(details.address().country()));
    row.setTags(details.tags().toArray(String[]::new));
    row.setNotes(unlessEmpty(details.notes()));
  }

  private static @Nullable EmailAddress email(@Nullable String text) {
    return text == null ? null : new EmailAddress(text);
  }

  private static @Nullable PhoneNumber phone(@Nullable String text) {
    return text == null ? null : new PhoneNumber(text);
  }

  private static @Nullable String text(@Nullable Address address) {
    return address == null ? null : address.value();
  }

  private static @Nullable String code(@Nullable CountryCode country) {
    return country == null ? null : country.value();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
