package dev.carillon.application.recipient;

import static dev.carillon.application.recipient.Contacts.paths;
import static dev.carillon.application.recipient.Contacts.refused;
import static dev.carillon.application.recipient.Draft.jane;
import static dev.carillon.application.recipient.Draft.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.Submission;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateRecipientTest {
  private final Contacts contacts = new Contacts(AddressPolicy.SHARED);
  private final Recipient recipient =
      contacts.create(jane().sms("0771234567").email("a@example.com").tags("a", "b").notes("old"));

  @Test
  void changesTheNamedFieldsAndNoOthers() {
    contacts.clock.advance(Duration.ofSeconds(5));

    Recipient changed =
        update(
            nothing().tags("c").notes("new").email("ignored"),
            RecipientField.TAGS,
            RecipientField.NOTES);

    assertThat(changed.tags()).containsExactly("c");
    assertThat(changed.notes()).isEqualTo("new");
    assertThat(changed.email()).isEqualTo(recipient.email());
    assertThat(changed.firstName()).isEqualTo("Jane");
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.updatedAt()).isEqualTo(contacts.clock.instant());
    assertThat(changed.createdAt()).isEqualTo(recipient.createdAt());
    assertThat(contacts.all()).containsExactly(changed);
  }

  @Test
  void emptiesWhatIsNamedAndNotGiven() {
    Recipient changed =
        update(nothing(), RecipientField.EMAIL, RecipientField.TAGS, RecipientField.NOTES);

    assertThat(changed.email()).isNull();
    assertThat(changed.tags()).isEmpty();
    assertThat(changed.notes()).isEmpty();
  }

  @Test
  void makesNoNewVersionOfWhatSaysNothingNew() {
    contacts.clock.advance(Duration.ofSeconds(5));

    assertThat(update(nothing(), Set.of())).isEqualTo(recipient);
    assertThat(update(nothing().sms("+263771234567"), RecipientField.SMS_PHONE))
        .isEqualTo(recipient);
  }

  @Test
  void refusesToTakeTheLastAddressAway() {
    update(nothing(), RecipientField.EMAIL);

    assertThat(paths(() -> update(nothing(), RecipientField.SMS_PHONE)))
        .containsExactly("recipient.email");
    assertThat(
            update(
                    nothing().whatsApp("0771234567"),
                    RecipientField.SMS_PHONE,
                    RecipientField.WHATSAPP_PHONE)
                .smsPhone())
        .isNull();
  }

  @Test
  void refusesWhatTheRecipientMustNotBecome() {
    assertThat(
            paths(() ->
                update(nothing().sms("12"), RecipientField.FIRST_NAME, RecipientField.SMS_PHONE)))
        .containsExactly("recipient.sms_phone", "recipient.first_name");
    assertThat(update(nothing().sms("12").notes("x"), RecipientField.NOTES).notes()).isEqualTo("x");
  }

  @Test
  void changesOnlyTheVersionThatTheCallerSaw() {
    Recipient second = update(nothing().notes("two"), OptionalLong.of(1), "");

    assertThat(second.version()).isEqualTo(2);
    assertThat(refused(() -> update(nothing().notes("three"), OptionalLong.of(1), "")))
        .isEqualTo(
            new DomainError.EtagMismatch(
                DomainError.NotFound.Kind.RECIPIENT, Long.toString(recipient.id().value())));
    assertThat(contacts.all()).containsExactly(second);
  }

  @Test
  void doesAChangeOnceUnderARequestId() {
    update(nothing().notes("one"), OptionalLong.empty(), "r-1");
    update(nothing().notes("two"), OptionalLong.empty(), "r-2");

    assertThat(update(nothing().notes("one"), OptionalLong.empty(), "r-1").notes())
        .isEqualTo("two");
    assertThat(refused(() -> update(nothing().notes("x"), OptionalLong.empty(), "r-1")))
        .isInstanceOf(DomainError.RequestIdReused.class);
  }

  @Test
  void takesTheSameTextsWithAnotherRegionForAnotherRequest() {
    UpdateRecipient.Command one =
        command(
            nothing().sms("+263771234568"),
            OptionalLong.empty(),
            "r-1",
            Set.of(RecipientField.SMS_PHONE));
    contacts.update.handle(one);

    assertThat(
            refused(() ->
                contacts.update.handle(
                    new UpdateRecipient.Command(
                        one.caller(),
                        one.requestId(),
                        one.key(),
                        one.version(),
                        one.draft(),
                        one.fields(),
                        "ZA"))))
        .isInstanceOf(DomainError.RequestIdReused.class);
  }

  @Test
  void findsARecipientByEitherIdWithinTheScopeOnly() {
    UpdateRecipient.Command byPublicId =
        new UpdateRecipient.Command(
            contacts.caller,
            "",
            new PublicRecipientId(recipient.publicId()),
            OptionalLong.empty(),
            nothing().notes("x").build(),
            Set.of(RecipientField.NOTES),
            "ZW");
    UpdateRecipient.Command strangers =
        new UpdateRecipient.Command(
            Submission.callerOf(contacts.store.newScope()),
            "",
            recipient.id(),
            OptionalLong.empty(),
            nothing().notes("y").build(),
            Set.of(RecipientField.NOTES),
            "ZW");

    assertThat(contacts.update.handle(byPublicId).notes()).isEqualTo("x");
    assertThat(refused(() -> contacts.update.handle(strangers)))
        .isEqualTo(
            new DomainError.NotFound(
                DomainError.NotFound.Kind.RECIPIENT, Long.toString(recipient.id().value())));
  }

  @Test
  void refusesWhatAnotherOneHasAndKeepsWhatIsSharedAlready() {
    Recipient other = contacts.create(jane().sms("0771234567").reference("crm-1"));
    assertThat(refused(() -> update(nothing().reference("crm-1"), RecipientField.REFERENCE)))
        .isEqualTo(
            new DomainError.AlreadyExists(
                DomainError.NotFound.Kind.RECIPIENT,
                "recipient.reference",
                Long.toString(other.id().value())));

    UpdateRecipient strict =
        new UpdateRecipient(
            contacts.idempotency(),
            contacts.store.recipients(),
            new RecipientReader(new PlainNumbering()),
            new Uniqueness(contacts.store.recipients(), AddressPolicy.UNIQUE),
            contacts.clock);
    assertThat(
            strict
                .handle(
                    command(
                        nothing().notes("z"),
                        OptionalLong.empty(),
                        "",
                        Set.of(RecipientField.NOTES)))
                .notes())
        .isEqualTo("z");
    contacts.create(jane().sms("0779999999"));
    assertThat(
            refused(() ->
                strict.handle(
                    command(
                        nothing().sms("0779999999"),
                        OptionalLong.empty(),
                        "",
                        Set.of(RecipientField.SMS_PHONE)))))
        .isInstanceOf(DomainError.AlreadyExists.class);
  }

  @Test
  void findsNobodyOfAnUnknownNumber() {
    assertThat(
            refused(() ->
                contacts.get.handle(new GetRecipient.Query(contacts.caller, new RecipientId(999)))))
        .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT, "999"));
  }

  private Recipient update(Draft draft, RecipientField... fields) {
    return update(draft, Set.of(fields));
  }

  private Recipient update(Draft draft, Set<RecipientField> fields) {
    return contacts.update.handle(command(draft, OptionalLong.empty(), "", fields));
  }

  private Recipient update(Draft draft, OptionalLong version, String requestId) {
    return contacts.update.handle(command(draft, version, requestId, Set.of(RecipientField.NOTES)));
  }

  private UpdateRecipient.Command command(
      Draft draft, OptionalLong version, String requestId, Set<RecipientField> fields) {
    return new UpdateRecipient.Command(
        contacts.caller, requestId, recipient.id(), version, draft.build(), fields, "ZW");
  }
}
