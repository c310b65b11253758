package dev.carillon.domain.recipient;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a recipient as variables of a template, under the names they have in the API. What
/// is not known of a recipient is no variable, so that a default takes its place.
public final class RecipientVariables {
  private RecipientVariables() {}

  /// Those of the wanted variables that the recipient has a value for. Of tags and notes nothing is
  /// told: they say what is thought of a recipient.
  public static Map<String, String> of(Recipient recipient, Set<String> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<String, String> known = new HashMap<>();
    for (String name : wanted) {
      String value = value(recipient, name);
      if (value != null && !value.isEmpty()) {
        known.put(name, value);
      }
    }
    return Map.copyOf(known);
  }

  private static @Nullable String value(Recipient recipient, String name) {
    return switch (name) {
      case "first_name" -> recipient.firstName();
      case "last_name" -> recipient.lastName();
      case "reference" -> recipient.reference();
      case "email" -> text(recipient.email());
      case "sms_phone" -> text(recipient.smsPhone());
      case "whatsapp_phone" -> text(recipient.whatsappPhone());
      default -> placeValue(recipient.address(), name);
    };
  }

  private static @Nullable String placeValue(PostalAddress place, String name) {
    CountryCode country = place.country();
    return switch (name) {
      case "street" -> place.street();
      case "city" -> place.city();
      case "state" -> place.state();
      case "zip_code" -> place.zipCode();
      case "country" -> country == null ? null : country.value();
      default -> null;
    };
  }

  private static @Nullable String text(@Nullable Address address) {
    return address == null ? null : address.value();
  }
}
