package dev.carillon.application.recipient;

import dev.carillon.application.port.Numbering;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what callers write about recipients: addresses into their canonical form, countries into
/// their codes.
public final class RecipientReader {
  private static final Set<String> ADDRESSES =
      Set.of(
          RecipientField.EMAIL.path(),
          RecipientField.SMS_PHONE.path(),
          RecipientField.WHATSAPP_PHONE.path());

  private final Numbering numbering;

  public RecipientReader(Numbering numbering) {
    this.numbering = numbering;
  }

  /// The details that a draft means, without those that cannot be read.
  ///
  /// @param region for numbers without a country code, ISO 3166-1 alpha-2
  Read read(RecipientDraft draft, String region) {
    Fields fields = new Fields();
    RecipientDetails details =
        new RecipientDetails(
            draft.firstName(),
            draft.lastName(),
            fields.read(
                RecipientField.EMAIL, draft.email(), EmailAddress::parse, "is no email address"),
            fields.phone(RecipientField.SMS_PHONE, draft.smsPhone(), region),
            fields.phone(RecipientField.WHATSAPP_PHONE, draft.whatsappPhone(), region),
            new PostalAddress(
                draft.street(),
                draft.city(),
                draft.state(),
                draft.zipCode(),
                fields.read(
                    RecipientField.COUNTRY,
                    draft.country(),
                    CountryCode::parse,
                    "is no country code of ISO 3166-1 alpha-2")),
            draft.tags(),
            draft.notes(),
            draft.reference());
    return new Read(details, List.copyOf(fields.unreadable));
  }

  /// What a draft says.
  ///
  /// @param unreadable what is given and stands for nothing
  record Read(RecipientDetails details, List<RecipientViolation> unreadable) {
    /// The same with regard to these fields alone.
    Read only(Set<RecipientField> fields) {
      Set<String> paths =
          fields.stream().map(RecipientField::path).collect(Collectors.toUnmodifiableSet());
      return new Read(
          details,
          unreadable.stream().filter(violation -> paths.contains(violation.field())).toList());
    }

    /// Everything that keeps the draft, or what else its details were put into, from being a
    /// recipient. An address that cannot be read is told as such and not as missing.
    List<RecipientViolation> violations(RecipientDetails whole) {
      List<RecipientViolation> all = new ArrayList<>(unreadable);
      boolean addressUnreadable = unreadable.stream().anyMatch(Read::isOfAnAddress);
      for (RecipientViolation violation : whole.violations()) {
        if (!addressUnreadable || !isOfAnAddress(violation)) {
          all.add(violation);
        }
      }
      return all;
    }

    private static boolean isOfAnAddress(RecipientViolation violation) {
      return ADDRESSES.contains(violation.field());
    }
  }

  /// Reads field by field and notes what cannot be read.
  private final class Fields {
    private final List<RecipientViolation> unreadable = new ArrayList<>();

    @Nullable PhoneNumber phone(RecipientField field, String text, String region) {
      return read(
          field,
          text,
          given -> numbering.parse(given, region),
          "is no phone number in E.164 form, nor one of the region " + region);
    }

    <T> @Nullable T read(
        RecipientField field, String text, Function<String, Optional<T>> reading, String problem) {
      String stripped = text.strip();
      if (stripped.isEmpty()) {
        return null;
      }
      Optional<T> value = reading.apply(stripped);
      if (value.isEmpty()) {
        unreadable.add(new RecipientViolation(field.path(), problem));
      }
      return value.orElse(null);
    }
  }
}
