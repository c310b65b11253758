package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipientTest {
  private static final EmailAddress EMAIL = new EmailAddress("jane@example.com");
  private static final PhoneNumber SMS = new PhoneNumber("+263771234567");
  private static final PhoneNumber WHATSAPP = new PhoneNumber("+263777654321");
  private static final PostalAddress HARARE =
      new PostalAddress("1 First St", "Harare", "HA", "00263", new CountryCode("ZW"));
  private static final RecipientDetails JANE =
      new RecipientDetails(
          "Jane",
          "Smith",
          EMAIL,
          SMS,
          WHATSAPP,
          HARARE,
          List.of("customer", "vip"),
          "notes",
          "crm-7");
  private static final UUID PUBLIC_ID = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
  private static final Instant CREATED = Instant.parse("2025-01-15T10:30:00Z");

  @Test
  void holdsAllOfAContact() {
    Recipient recipient = recipient(JANE);

    assertThat(recipient.id().value()).isEqualTo(42);
    assertThat(recipient.publicId()).isEqualTo(PUBLIC_ID);
    assertThat(recipient.firstName()).isEqualTo("Jane");
    assertThat(recipient.lastName()).isEqualTo("Smith");
    assertThat(recipient.email()).isEqualTo(EMAIL);
    assertThat(recipient.smsPhone()).isEqualTo(SMS);
    assertThat(recipient.whatsappPhone()).isEqualTo(WHATSAPP);
    assertThat(recipient.address()).isEqualTo(HARARE);
    assertThat(recipient.tags()).containsExactly("customer", "vip");
    assertThat(recipient.notes()).isEqualTo("notes");
    assertThat(recipient.reference()).isEqualTo("crm-7");
    assertThat(recipient.version()).isEqualTo(3);
    assertThat(recipient.createdAt()).isEqualTo(CREATED);
    assertThat(recipient.updatedAt()).isEqualTo(CREATED);
  }

  @Test
  void hasAnAddressForEachChannelThatItGives() {
    assertThat(recipient(JANE).addressFor(Channel.SMS)).contains(SMS);
    assertThat(recipient(JANE).addressFor(Channel.WHATSAPP)).contains(WHATSAPP);
    assertThat(recipient(JANE).addressFor(Channel.EMAIL)).contains(EMAIL);

    Recipient byMailAlone = recipient(reachableBy(EMAIL, null, null));
    assertThat(byMailAlone.addressFor(Channel.SMS)).isEmpty();
    assertThat(byMailAlone.addressFor(Channel.WHATSAPP)).isEmpty();
    assertThat(recipient(reachableBy(null, SMS, null)).addressFor(Channel.EMAIL)).isEmpty();
    assertThat(recipient(reachableBy(null, null, WHATSAPP)).addressFor(Channel.WHATSAPP))
        .contains(WHATSAPP);
  }

  @Test
  void cannotBeMadeOfDetailsInViolation() {
    RecipientDetails nowhere = reachableBy(null, null, null);

    assertThat(Recipient.violations(nowhere)).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipient(nowhere))
        .withMessageContaining("email, sms_phone")
        .withMessageNotContaining("Jane");
  }

  @Test
  void changesKeepItsIdentityAndMoveItsTimeAndVersion() {
    Instant now = CREATED.plusSeconds(60);
    RecipientDetails changed = reachableBy(EMAIL, null, null);

    assertThat(recipient(JANE).with(changed, now))
        .isEqualTo(new Recipient(new RecipientId(42), PUBLIC_ID, changed, 4, CREATED, now));
  }

  @Test
  void changesCannotTakeTheLastContactAway() {
    Recipient recipient = recipient(JANE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipient.with(reachableBy(null, null, null), CREATED));
  }

  @Test
  void showsNothingPersonal() {
    assertThat(recipient(JANE)).hasToString("Recipient[42]");
    assertThat(JANE).hasToString("RecipientDetails[2 tags]");
    assertThat(HARARE).hasToString("PostalAddress[ZW]");
    assertThat(PostalAddress.EMPTY).hasToString("PostalAddress[]");
  }

  @Test
  void idsArePositive() {
    assertThat(new RecipientId(1).value()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new RecipientId(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RecipientId(-1));
  }

  private static RecipientDetails reachableBy(
      @Nullable EmailAddress email, @Nullable PhoneNumber sms, @Nullable PhoneNumber whatsapp) {
    return new RecipientDetails(
        "Jane", "Smith", email, sms, whatsapp, PostalAddress.EMPTY, List.of(), "");
  }

  private static Recipient recipient(RecipientDetails details) {
    return new Recipient(new RecipientId(42), PUBLIC_ID, details, 3, CREATED, CREATED);
  }
}
