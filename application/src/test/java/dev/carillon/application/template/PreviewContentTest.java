package dev.carillon.application.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.Rendering;
import dev.carillon.application.RequestedContent;
import dev.carillon.application.Scripts;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.template.PreviewContent.Result;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreviewContentTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final PublicRecipientId JANE = new PublicRecipientId(new UUID(0, 7));

  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final Caller caller = Submission.callerOf(store.newScope());
  private final PreviewContent preview =
      new PreviewContent(
          new Scripts(store.templates(), new PlainTemplating(), ContentLimits.DEFAULTS),
          store.recipients(),
          new Charging(
              store.prices(),
              store.ledger(),
              store.outbox(),
              new PlainNumbering(),
              BillingSettings.DEFAULTS),
          () -> NOW,
          ContentLimits.DEFAULTS);

  @Test
  void showsWhatWouldBeSentAndHowManyParts() {
    Result result = preview("{{name}}!", Map.of("name", "x".repeat(160)), null);

    assertThat(result.rendering())
        .isEqualTo(new Rendering.Complete(new SmsContent("x".repeat(160) + "!", "ACME")));
    assertThat(result.parts()).isEqualTo(2);
    assertThat(result.reason()).isNull();
    assertThat(result.variables()).containsExactly("name");
    assertThat(result.missing()).isEmpty();
    assertThat(result.price()).isEqualTo(Money.zero("USD"));
    assertThat(result.template()).isNull();
  }

  @Test
  void namesAllThatIsMissing() {
    Result result = preview("{{a}} {{b}} {{c}}", Map.of("b", ""), null);

    assertThat(result.reason()).isEqualTo(Reason.MISSING_VARIABLE);
    assertThat(result.detail()).isEqualTo("a");
    assertThat(result.missing()).containsExactly("a", "c");
    assertThat(result.parts()).isZero();
    assertThat(result.rendering()).isEqualTo(new Rendering.Missing("a"));
  }

  @Test
  void saysWhyItWouldBeLeftOut() {
    assertThat(preview("{{a}}", Map.of("a", " "), null).reason()).isEqualTo(Reason.EMPTY_CONTENT);
    Result tooLong = preview("{{a}}", Map.of("a", "x".repeat(1_531)), null);
    assertThat(tooLong.reason()).isEqualTo(Reason.CONTENT_TOO_LONG);
    assertThat(tooLong.rendering()).isInstanceOf(Rendering.Complete.class);
  }

  @Test
  void fillsTheFieldsOfAStoredRecipientBelowTheGivenOnes() {
    Recipient jane = jane();

    assertThat(text(preview("{{first_name}} {{last_name}}", Map.of("last_name", "X"), jane.id())))
        .isEqualTo("Jane X");
    assertThat(text(preview("{{first_name}}", Map.of(), JANE))).isEqualTo("Jane");
    assertThat(preview("{{city}}", Map.of(), JANE).missing()).containsExactly("city");
  }

  @Test
  void refusesWhatEverybodyWouldBeRefused() {
    jane();

    assertThat(violations(() -> preview("{{", Map.of(), null))).containsExactly("sms.text");
    assertThat(violations(() -> preview("{{a}}", Map.of("1", ""), null)))
        .containsExactly("variables");
    assertThat(refusal(() -> preview("{{a}}", Map.of(), new RecipientId(99))))
        .isEqualTo(new DomainError.NotFound(Kind.RECIPIENT, "99"));
    assertThat(
            refusal(() ->
                preview.handle(
                    new PreviewContent.Query(
                        Submission.callerOf(store.newScope()),
                        given(new SmsContent("{{a}}", "")),
                        Map.of(),
                        JANE))))
        .isEqualTo(new DomainError.NotFound(Kind.RECIPIENT, JANE.toString()));
    assertThat(
            refusal(() ->
                preview.handle(
                    new PreviewContent.Query(
                        caller,
                        new RequestedContent.OfTemplate("x", 0, Map.of()),
                        Map.of(),
                        null))))
        .isEqualTo(new DomainError.NotFound(Kind.TEMPLATE, "x"));
  }

  @Test
  void tellsWhatItWouldCostTheRecipientElseWhatHoldsEverywhere() {
    jane();
    String twoParts = "x".repeat(161);
    price(new Destination("ZW", ""), 20_000);
    assertThat(preview(twoParts, Map.of(), null).price()).isEqualTo(Money.zero("USD"));
    price(Destination.ANY, 50_000);

    assertThat(preview(twoParts, Map.of(), JANE).price()).isEqualTo(new Money("USD", 40_000));
    assertThat(preview(twoParts, Map.of(), null).price()).isEqualTo(new Money("USD", 100_000));
    assertThat(preview("{{city}}", Map.of(), JANE).price()).isEqualTo(Money.zero("USD"));
  }

  private void price(Destination destination, long micros) {
    store.run(() ->
        store
            .prices()
            .set(
                new Price(
                    PriceId.NONE,
                    null,
                    caller.scope().environment(),
                    Channel.SMS,
                    destination,
                    PriceUnit.PART,
                    new Money("USD", micros),
                    NOW,
                    null),
                "somebody",
                NOW));
  }

  private Recipient jane() {
    return store.inTransaction(() ->
        store
            .recipients()
            .insert(
                caller.scope(),
                new NewRecipient(
                    JANE.value(),
                    new RecipientDetails(
                        "Jane",
                        "Smith",
                        null,
                        new PhoneNumber("+263771234567"),
                        null,
                        PostalAddress.EMPTY,
                        List.of(),
                        "",
                        "")),
                Instant.EPOCH));
  }

  private Result preview(
      String text, Map<String, String> variables, @Nullable RecipientKey recipient) {
    return preview.handle(
        new PreviewContent.Query(
            caller, given(new SmsContent(text, "ACME")), variables, recipient));
  }

  private static RequestedContent given(Content content) {
    return new RequestedContent.Given(content, new Composition(ContentSyntax.MUSTACHE, Map.of()));
  }

  private static String text(Result result) {
    return result.rendering() instanceof Rendering.Complete(SmsContent(String text, _)) ? text : "";
  }

  private static DomainError refusal(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }

  private static List<String> violations(ThrowingCallable call) {
    return ((DomainError.InvalidFields) refusal(call))
        .violations().stream().map(FieldViolation::path).toList();
  }
}
