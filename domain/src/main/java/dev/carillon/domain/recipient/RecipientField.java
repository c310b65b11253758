package dev.carillon.domain.recipient;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What people write about a recipient, field by field: what an update can name.
public enum RecipientField {
  FIRST_NAME,
  LAST_NAME,
  EMAIL,
  SMS_PHONE,
  WHATSAPP_PHONE,
  STREET,
  CITY,
  STATE,
  ZIP_CODE,
  COUNTRY,
  TAGS,
  NOTES,
  REFERENCE;

  /// Every field.
  public static final Set<RecipientField> ALL = Set.copyOf(EnumSet.allOf(RecipientField.class));

  /// Its name in the API, such as `first_name`.
  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }
}
