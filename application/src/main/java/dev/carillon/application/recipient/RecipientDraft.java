package dev.carillon.application.recipient;

import java.util.ArrayList;
import java.util.List;

/// A recipient as a caller wrote it, unread; empty texts for what is not given.
public record RecipientDraft(
    String firstName,
    String lastName,
    String email,
    String smsPhone,
    String whatsappPhone,
    String street,
    String city,
    String state,
    String zipCode,
    String country,
    List<String> tags,
    String notes,
    String reference) {

  public RecipientDraft {
    tags = List.copyOf(tags);
  }

  @Override
  public String toString() {
    return "RecipientDraft[" + tags.size() + " tags]";
  }

  /// All of it, in an order and with a length that leave no doubt which text is which.
  List<String> texts() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                firstName,
                lastName,
                email,
                smsPhone,
                whatsappPhone,
                street,
                city,
                state,
                zipCode,
                country,
                notes,
                reference));
    texts.addAll(tags);
    return texts;
  }
}
