package dev.carillon.application.recipient;

import static dev.carillon.application.recipient.Contacts.paths;
import static dev.carillon.application.recipient.Contacts.refused;
import static dev.carillon.application.recipient.Draft.jane;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.Recipient;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreateRecipientTest {
  private final Contacts contacts = new Contacts(AddressPolicy.SHARED);

  @Test
  void storesWhatIsWrittenInItsCanonicalForm() {
    Recipient created =
        contacts.create(
            jane()
                .email(" jane@EXAMPLE.com ")
                .sms("0771 234 567")
                .whatsApp("+263771234567")
                .country("zw")
                .tags("vip", " vip ", "news")
                .reference(" crm-7 "));

    assertThat(created.email()).hasToString("j***@example.com");
    assertThat(created.smsPhone()).isEqualTo(new PhoneNumber("+263771234567"));
    assertThat(created.whatsappPhone()).isEqualTo(created.smsPhone());
    assertThat(created.address().country()).isEqualTo(new CountryCode("ZW"));
    assertThat(created.tags()).containsExactly("vip", "news");
    assertThat(created.reference()).isEqualTo("crm-7");
    assertThat(created.createdAt()).isEqualTo(contacts.clock.instant());
    assertThat(contacts.all()).containsExactly(created);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThat(
            paths(() ->
                contacts.create(
                    jane()
                        .named(" ", "")
                        .email("no mailbox")
                        .sms("12")
                        .whatsApp("x")
                        .country("XX")
                        .reference("r".repeat(129)))))
        .containsExactly(
            "recipient.email",
            "recipient.sms_phone",
            "recipient.whatsapp_phone",
            "recipient.country",
            "recipient.first_name",
            "recipient.last_name",
            "recipient.reference");
    assertThat(contacts.all()).isEmpty();
  }

  @Test
  void saysThatAnAddressIsMissingOnlyWhereNoneWasGiven() {
    assertThat(paths(() -> contacts.create(jane()))).containsExactly("recipient.email");
    assertThat(paths(() -> contacts.create(jane().sms("12"))))
        .containsExactly("recipient.sms_phone");
    assertThat(paths(() -> contacts.create(jane().email("x").sms("0771234567"))))
        .containsExactly("recipient.email");
  }

  @Test
  void refusesTooManyTags() {
    String[] many = IntStream.range(0, 10_000).mapToObj(i -> "t" + i).toArray(String[]::new);

    assertThat(paths(() -> contacts.create(jane().sms("0771234567").tags(many))))
        .containsExactly("recipient.tags");
  }

  @Test
  void repeatsNothingOfARecipientInARefusal() {
    DomainError error = refused(() -> contacts.create(jane().email("secret").sms("0999")));

    assertThat(((DomainError.InvalidFields) error).violations())
        .extracting(FieldViolation::description)
        .noneMatch(text -> text.contains("secret") || text.contains("0999"));
  }

  @Test
  void storesOneForARequestIdHoweverOftenItComes() {
    Draft draft = jane().sms("0771234567");
    Recipient first = contacts.create(draft, "r-1");
    Recipient again = contacts.create(draft, "r-1");

    assertThat(again).isEqualTo(first);
    assertThat(contacts.all()).hasSize(1);
    assertThat(refused(() -> contacts.create(jane().sms("0771234568"), "r-1")))
        .isInstanceOf(DomainError.RequestIdReused.class);
    contacts.store.recipients().delete(contacts.scope, first.id());
    assertThat(refused(() -> contacts.create(draft, "r-1")))
        .isInstanceOf(DomainError.NotFound.class);
  }

  @Test
  void takesTheSameTextsWithAnotherRegionForAnotherRequest() {
    RecipientDraft draft = jane().sms("+263771234567").build();
    contacts.create.handle(new CreateRecipient.Command(contacts.caller, "r-1", draft, "ZW"));

    assertThat(
            refused(() ->
                contacts.create.handle(
                    new CreateRecipient.Command(contacts.caller, "r-1", draft, "ZA"))))
        .isInstanceOf(DomainError.RequestIdReused.class);
    assertThat(contacts.all()).hasSize(1);
  }

  @Test
  void refusesAReferenceThatAnotherOneHas() {
    Recipient first = contacts.create(jane().sms("0771234567").reference("crm-7"));

    assertThat(refused(() -> contacts.create(jane().email("a@example.com").reference("crm-7"))))
        .isEqualTo(
            new DomainError.AlreadyExists(
                DomainError.NotFound.Kind.RECIPIENT,
                "recipient.reference",
                Long.toString(first.id().value())));
  }

  @Test
  void letsAddressesBeSharedOnlyWhereThePolicySaysSo() {
    Draft one = jane().sms("0771234567").email("a@example.com");
    contacts.create(one);
    contacts.create(one);
    assertThat(contacts.all()).hasSize(2);

    Contacts unique = new Contacts(AddressPolicy.UNIQUE);
    Recipient first = unique.create(one);
    String id = Long.toString(first.id().value());
    assertThat(refused(() -> unique.create(jane().sms("+263771234567"))))
        .isEqualTo(
            new DomainError.AlreadyExists(
                DomainError.NotFound.Kind.RECIPIENT, "recipient.sms_phone", id));
    assertThat(refused(() -> unique.create(jane().email("a@example.com"))))
        .isEqualTo(
            new DomainError.AlreadyExists(
                DomainError.NotFound.Kind.RECIPIENT, "recipient.email", id));
    assertThat(unique.create(jane().whatsApp("+263771234567")).id()).isNotEqualTo(first.id());
  }
}
