package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipientMatchTest {
  @Test
  void readsWhatIsMatchedBy() {
    RecipientDetails details =
        new RecipientDetails(
            "Jane",
            "Smith",
            new EmailAddress("jane@example.com"),
            new PhoneNumber("+263771234567"),
            new PhoneNumber("+263777654321"),
            PostalAddress.EMPTY,
            List.of(),
            "",
            "crm-7");

    assertThat(RecipientMatch.REFERENCE.of(details)).contains("crm-7");
    assertThat(RecipientMatch.EMAIL.of(details)).contains("jane@example.com");
    assertThat(RecipientMatch.SMS_PHONE.of(details)).contains("+263771234567");
    assertThat(RecipientMatch.WHATSAPP_PHONE.of(details)).contains("+263777654321");
  }

  @Test
  void findsNothingWhereNothingIsGiven() {
    RecipientDetails details =
        new RecipientDetails("Jane", "Smith", null, null, null, PostalAddress.EMPTY, List.of(), "");

    assertThat(RecipientMatch.values()).allMatch(match -> match.of(details).isEmpty());
  }

  @Test
  void namesTheFieldsThatTheApiKnows() {
    assertThat(Arrays.stream(RecipientMatch.values()).map(match -> match.field().path()))
        .containsExactly("reference", "email", "sms_phone", "whatsapp_phone");
    assertThat(RecipientField.ALL).hasSize(RecipientField.values().length);
  }
}
