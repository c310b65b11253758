package dev.carillon.domain.recipient;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All of a recipient that people write, as it was given: blanks around the texts removed, tags
/// without blank ones and repetitions, in their order. [#violations()] tells whether a [Recipient]
/// can be made of it.
///
/// @param reference the owner's own id of the contact, unique among the recipients of a business's
///   environment; empty for none
public record RecipientDetails(
    String firstName,
    String lastName,
    @Nullable EmailAddress email,
    @Nullable PhoneNumber smsPhone,
    @Nullable PhoneNumber whatsappPhone,
    PostalAddress address,
    List<String> tags,
    String notes,
    String reference) {

  public RecipientDetails {
    firstName = firstName.strip();
    lastName = lastName.strip();
    tags = tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().toList();
    notes = notes.strip();
    reference = reference.strip();
  }

  /// Details without a reference.
  public RecipientDetails(
      String firstName,
      String lastName,
      @Nullable EmailAddress email,
      @Nullable PhoneNumber smsPhone,
      @Nullable PhoneNumber whatsappPhone,
      PostalAddress address,
      List<String> tags,
      String notes) {
    this(firstName, lastName, email, smsPhone, whatsappPhone, address, tags, notes, "");
  }

  /// Everything that keeps these details from being a recipient, in the order of the fields; empty
  /// if nothing does.
  public List<RecipientViolation> violations() {
    return RecipientRules.violations(this);
  }

  /// Whether there is any way to reach the recipient.
  public boolean isReachable() {
    return Stream.of(email, smsPhone, whatsappPhone).anyMatch(address -> address != null);
  }

  /// These details with the named fields as the other ones have them.
  public RecipientDetails with(RecipientDetails other, Set<RecipientField> fields) {
    Choice choice = new Choice(this, other, fields);
    return new RecipientDetails(
        choice.of(RecipientField.FIRST_NAME, RecipientDetails::firstName),
        choice.of(RecipientField.LAST_NAME, RecipientDetails::lastName),
        choice.ofNullable(RecipientField.EMAIL, RecipientDetails::email),
        choice.ofNullable(RecipientField.SMS_PHONE, RecipientDetails::smsPhone),
        choice.ofNullable(RecipientField.WHATSAPP_PHONE, RecipientDetails::whatsappPhone),
        new PostalAddress(
            choice.of(RecipientField.STREET, details -> details.address.street()),
            choice.of(RecipientField.CITY, details -> details.address.city()),
            choice.of(RecipientField.STATE, details -> details.address.state()),
            choice.of(RecipientField.ZIP_CODE, details -> details.address.zipCode()),
            choice.ofNullable(RecipientField.COUNTRY, details -> details.address.country())),
        choice.of(RecipientField.TAGS, RecipientDetails::tags),
        choice.of(RecipientField.NOTES, RecipientDetails::notes),
        choice.of(RecipientField.REFERENCE, RecipientDetails::reference));
  }

  /// These details without the address, wherever it stands.
  public RecipientDetails without(Address address) {
    return new RecipientDetails(
        firstName,
        lastName,
        address.equals(email) ? null : email,
        address.equals(smsPhone) ? null : smsPhone,
        address.equals(whatsappPhone) ? null : whatsappPhone,
        this.address,
        tags,
        notes,
        reference);
  }

  @Override
  public String toString() {
    return "RecipientDetails[" + tags.size() + " tags]";
  }

  /// Takes each field from one of two.
  private record Choice(RecipientDetails one, RecipientDetails other, Set<RecipientField> others) {
    <T> T of(RecipientField field, Function<RecipientDetails, T> value) {
      return value.apply(others.contains(field) ? other : one);
    }

    <T> @Nullable T ofNullable(
        RecipientField field, Function<RecipientDetails, @Nullable T> value) {
      return value.apply(others.contains(field) ? other : one);
    }
  }
}
