package dev.carillon.application.recipient;

import static dev.carillon.application.recipient.Contacts.refused;
import static dev.carillon.application.recipient.Draft.jane;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.keeping.ForgetImports;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.TagExpression;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipientsTest {
  private final Contacts contacts = new Contacts(AddressPolicy.SHARED);
  private final DeleteRecipient delete =
      new DeleteRecipient(
          contacts.idempotency(),
          contacts.store.recipients(),
          contacts.store.erasures(),
          contacts.clock);

  @Test
  void deletesAtOnceAndHasTheRestForgotten() {
    Recipient recipient = contacts.create(jane().sms("0771234567"));

    Erasure erasure = delete(recipient, OptionalLong.of(1), "r-1");

    assertThat(contacts.all()).isEmpty();
    assertThat(contacts.store.erasures().find(contacts.scope, erasure.id())).contains(erasure);
    assertThat(delete(recipient, OptionalLong.of(1), "r-1")).isEqualTo(erasure);
    assertThat(begunErasures()).isEqualTo(1);
    assertThat(refused(() -> delete(recipient, OptionalLong.empty(), "")))
        .isEqualTo(new DomainError.NotFound(Kind.RECIPIENT, id(recipient)));
  }

  @Test
  void deletesOnlyTheVersionThatTheCallerSaw() {
    Recipient recipient = contacts.create(jane().sms("0771234567"));

    assertThat(refused(() -> delete(recipient, OptionalLong.of(2), "")))
        .isEqualTo(new DomainError.EtagMismatch(Kind.RECIPIENT, id(recipient)));
    assertThat(contacts.all()).containsExactly(recipient);
    assertThat(begunErasures()).isZero();
  }

  @Test
  void getsSeveralInTheOrderOfTheQueryOrNone() {
    Recipient one = contacts.create(jane().sms("0771234567"));
    Recipient two = contacts.create(jane().sms("0771234568"));
    PublicRecipientId byPublicId = new PublicRecipientId(one.publicId());

    assertThat(
            contacts.batchGet.handle(
                new BatchGetRecipients.Query(
                    contacts.caller, List.of(two.id(), byPublicId, two.id()))))
        .containsExactly(two, one, two);
    assertThat(
            refused(() ->
                contacts.batchGet.handle(
                    new BatchGetRecipients.Query(
                        contacts.caller,
                        List.of(two.id(), new RecipientId(77), new RecipientId(78))))))
        .isEqualTo(new DomainError.NotFound(Kind.RECIPIENT, "77"));
  }

  @Test
  void listsTheMembersOfAGroupStaticOrDynamic() {
    Recipient member = contacts.create(jane().sms("0771234567"));
    Recipient tagged = contacts.create(jane().sms("0771234568").tags("vip"));
    RecipientGroup fixed = group("fixed", null);
    RecipientGroup dynamic = group("dynamic", TagExpression.of("vip"));
    contacts.store.run(
        () -> contacts.store.groups().add(contacts.scope, fixed.id(), List.of(member.id())));

    assertThat(members(fixed.publicId().toString())).containsExactly(member);
    assertThat(members(dynamic.publicId().toString())).containsExactly(tagged);
    assertThat(members("")).containsExactly(member, tagged);
    assertThat(refused(() -> members("nonsense")))
        .isEqualTo(new DomainError.NotFound(Kind.RECIPIENT_GROUP, "nonsense"));
    assertThat(refused(() -> members(UUID.randomUUID().toString())))
        .isInstanceOf(DomainError.NotFound.class);
  }

  @Test
  void forgetsHowImportsStoodAfterAWhile() {
    ForgetImports forget =
        new ForgetImports(contacts.store.imports(), contacts.clock, Duration.ofDays(7));
    contacts.imports.handle(
        new ImportRecipients.Command(
            contacts.caller,
            "march",
            1,
            RecipientMatch.REFERENCE,
            "ZW",
            List.of(jane().sms("0771234567").reference("a").row())));

    contacts.clock.advance(Duration.ofDays(7));
    assertThat(forget.handle()).isZero();
    contacts.clock.advance(Duration.ofSeconds(1));
    assertThat(forget.handle()).isPositive();

    assertThat(
            refused(() ->
                contacts.listRefused.handle(
                    new ListRefusedRows.Query(contacts.caller, "march", PageRequest.first()))))
        .isEqualTo(new DomainError.NotFound(Kind.RECIPIENT_IMPORT, "march"));
    assertThat(contacts.all()).hasSize(1);
  }

  @Test
  void showsNothingPersonal() {
    RecipientDraft draft = jane().sms("0771234567").tags("vip").build();

    assertThat(draft).hasToString("RecipientDraft[1 tags]");
    assertThat(new CreateRecipient.Command(contacts.caller, "", draft, "ZW").toString())
        .doesNotContain("0771234567", "Jane");
    assertThat(
            new NewRecipient(UUID.randomUUID(), contacts.create(jane().sms("0771234567")).details())
                .toString())
        .doesNotContain("+263771234567", "Jane");
  }

  private Erasure delete(Recipient recipient, OptionalLong version, String requestId) {
    return delete.handle(
        new DeleteRecipient.Command(contacts.caller, requestId, recipient.id(), version));
  }

  private int begunErasures() {
    return contacts.store.erasures().due(contacts.clock.instant(), 10).size();
  }

  private RecipientGroup group(String name, @Nullable TagExpression tags) {
    return contacts
        .store
        .groups()
        .insert(
            contacts.scope,
            new PublicGroupId(UUID.randomUUID()),
            new GroupDetails(name, "", tags),
            contacts.clock.instant());
  }

  private List<Recipient> members(String group) {
    return contacts
        .list
        .handle(
            new ListRecipients.Query(
                contacts.caller, Set.of(), "", null, group, RecipientPageRequest.first()))
        .items();
  }

  private static String id(Recipient recipient) {
    return Long.toString(recipient.id().value());
  }
}
