package dev.carillon.domain.recipient;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All of a recipient that people write, as it was given: blanks around the texts removed, tags
/// without blank ones and repetitions, in their order. [#violations()] tells whether a [Recipient]
/// can be made of it.
public record RecipientDetails(
    String firstName,
    String lastName,
    @Nullable EmailAddress email,
    @Nullable PhoneNumber smsPhone,
    @Nullable PhoneNumber whatsappPhone,
    PostalAddress address,
    List<String> tags,
    String notes) {

  public RecipientDetails {
    firstName = firstName.strip();
    lastName = lastName.strip();
    tags = tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().toList();
    notes = notes.strip();
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

  @Override
  public String toString() {
    return "RecipientDetails[" + tags.size() + " tags]";
  }
}
