package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecipientVariablesTest {
  private static final Instant CREATED = Instant.parse("2025-01-15T10:30:00Z");
  private static final Recipient JANE =
      recipient(
          new PostalAddress("1 First St", "Harare", "HA", "00263", new CountryCode("ZW")), "crm-7");
  private static final Recipient WITHOUT_A_PLACE = recipient(PostalAddress.EMPTY, "");

  @Test
  void tellsTheFieldsOfARecipient() {
    Map<String, String> all =
        Map.ofEntries(
            Map.entry("first_name", "Jane"),
            Map.entry("last_name", "Smith"),
            Map.entry("reference", "crm-7"),
            Map.entry("email", "jane@example.com"),
            Map.entry("sms_phone", "+263771234567"),
            Map.entry("whatsapp_phone", "+263777654321"),
            Map.entry("street", "1 First St"),
            Map.entry("city", "Harare"),
            Map.entry("state", "HA"),
            Map.entry("zip_code", "00263"),
            Map.entry("country", "ZW"));

    assertThat(RecipientVariables.of(JANE, all.keySet())).isEqualTo(all);
  }

  @Test
  void tellsOnlyWhatIsAskedForAndKnown() {
    assertThat(RecipientVariables.of(JANE, Set.of("city", "order_id", "tags", "notes")))
        .isEqualTo(Map.of("city", "Harare"));
    assertThat(
            RecipientVariables.of(
                WITHOUT_A_PLACE, Set.of("first_name", "city", "country", "reference")))
        .isEqualTo(Map.of("first_name", "Jane"));
    assertThat(RecipientVariables.of(JANE, Set.of())).isEmpty();
  }

  private static Recipient recipient(PostalAddress place, String reference) {
    return new Recipient(
        new RecipientId(42),
        new UUID(0, 42),
        new RecipientDetails(
            "Jane",
            "Smith",
            new EmailAddress("jane@example.com"),
            new PhoneNumber("+263771234567"),
            new PhoneNumber("+263777654321"),
            place,
            List.of("vip"),
            "pays late",
            reference),
        1,
        CREATED,
        CREATED);
  }
}
