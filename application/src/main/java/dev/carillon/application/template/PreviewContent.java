package dev.carillon.application.template;

import dev.carillon.application.ContentJudge;
import dev.carillon.application.Rendering;
import dev.carillon.application.RequestedContent;
import dev.carillon.application.Script;
import dev.carillon.application.Scripts;
import dev.carillon.application.Wording;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.ContentViolation;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.Variables;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.RecipientVariables;
import dev.carillon.domain.template.TemplateRef;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows what one recipient would get of a content, by the same code that accepts and hands over
/// messages. Stores nothing.
public final class PreviewContent {
  private final Scripts scripts;
  private final RecipientRepository recipients;
  private final Charging charging;
  private final InstantSource clock;
  private final ContentJudge judge;

  public PreviewContent(
      Scripts scripts,
      RecipientRepository recipients,
      Charging charging,
      InstantSource clock,
      ContentLimits limits) {
    this.scripts = scripts;
    this.recipients = recipients;
    this.charging = charging;
    this.clock = clock;
    this.judge = new ContentJudge(limits);
  }

  /// What would come of it, be it that the recipient would be left out. Throws a DomainException:
  /// InvalidFields (the content would be refused for everybody), NotFound (the template or the
  /// recipient), NoTemplateVersion.
  public Result handle(Query query) {
    check(query.variables());
    Script script = scripts.get(query.caller().scope(), query.content());
    Wording wording = scripts.wording(script);
    Optional<Recipient> recipient = recipient(query);
    Map<String, String> variables = variables(query, recipient, wording.names());
    Rendering rendering = wording.render(PersonalContent.ofVariables(variables));
    ContentJudge.Verdict verdict = judge.verdict(rendering);
    return new Result(
        script.template(),
        rendering,
        verdict.reason(),
        verdict.detail(),
        verdict.parts(),
        wording.names(),
        missing(wording, variables),
        price(query.caller(), script.content().channel(), recipient, verdict.parts()));
  }

  private Optional<Recipient> recipient(Query query) {
    RecipientKey key = query.recipient();
    return key == null
        ? Optional.empty()
        : Optional.of(
            recipients.find(query.caller().scope(), key).orElseThrow(() -> notFound(key)));
  }

  private static Map<String, String> variables(
      Query query, Optional<Recipient> recipient, Set<String> wanted) {
    Map<String, String> variables = new HashMap<>();
    recipient.ifPresent(known -> variables.putAll(RecipientVariables.of(known, wanted)));
    variables.putAll(query.variables());
    return variables;
  }

  /// Nobody in particular pays what holds everywhere.
  private Money price(Caller caller, Channel channel, Optional<Recipient> recipient, int parts) {
    Money free = Money.zero(caller.currency());
    if (parts == 0) {
      return free;
    }
    String address =
        recipient.flatMap(known -> known.addressFor(channel)).map(Address::value).orElse("");
    return charging
        .pricing(caller.scope(), channel, caller.currency(), clock.instant())
        .priceAt(address)
        .map(price -> price.of(parts))
        .orElse(free);
  }

  /// The variables that are asked for, one after the other, when those before have been given.
  private static List<String> missing(Wording wording, Map<String, String> variables) {
    Map<String, String> given = new HashMap<>(variables);
    List<String> missing = new ArrayList<>();
    while (missing.size() < Variables.MOST
        && wording.render(PersonalContent.ofVariables(given))
            instanceof Rendering.Missing(String name)) {
      missing.add(name);
      given.put(name, "");
    }
    return missing;
  }

  private static void check(Map<String, String> variables) {
    List<ContentViolation> violations = Variables.violations("variables", variables);
    if (!violations.isEmpty()) {
      throw new DomainException(
          new DomainError.InvalidFields(
              violations.stream()
                  .map(violation -> new FieldViolation(violation.field(), violation.description()))
                  .toList()));
    }
  }

  private static DomainException notFound(RecipientKey key) {
    String id =
        switch (key) {
          case RecipientId(long number) -> Long.toString(number);
          case PublicRecipientId publicId -> publicId.toString();
        };
    return new DomainException(new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT, id));
  }

  /// What to look at, and for whom.
  ///
  /// @param variables over those of the recipient
  /// @param recipient null for nobody who is stored
  public record Query(
      Caller caller,
      RequestedContent content,
      Map<String, String> variables,
      @Nullable RecipientKey recipient) {
    public Query {
      variables = Map.copyOf(variables);
    }

    @Override
    public String toString() {
      return "PreviewContent.Query[" + content + "]";
    }
  }

  /// What would come of it.
  ///
  /// @param template the version that was asked for; null when it was none
  /// @param reason why the recipient would be left out; null when it would be sent to
  /// @param detail what is lacking; may be empty
  /// @param parts billed parts; 0 when it would be left out
  /// @param variables all that the content may ask for
  /// @param missing those that are asked for and have no value
  /// @param price what it would cost; 0 where there is no price
  public record Result(
      @Nullable TemplateRef template,
      Rendering rendering,
      @Nullable Reason reason,
      String detail,
      int parts,
      Set<String> variables,
      List<String> missing,
      Money price) {}
}
