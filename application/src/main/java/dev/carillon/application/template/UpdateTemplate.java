package dev.carillon.application.template;

import dev.carillon.application.ContentCheck;
import dev.carillon.application.Idempotency;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.application.port.Templating;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes a template. What it says is changed by a new version; one that says the same as the
/// latest is not made.
public final class UpdateTemplate {
  private static final String METHOD = "UpdateTemplate";

  private final Idempotency idempotency;
  private final TemplateRepository templates;
  private final TemplateAnswers answers;
  private final TemplateRules rules;
  private final InstantSource clock;

  public UpdateTemplate(
      Idempotency idempotency,
      TemplateRepository templates,
      Templating templating,
      InstantSource clock,
      ContentLimits limits) {
    this.idempotency = idempotency;
    this.templates = templates;
    this.answers = new TemplateAnswers(templates, templating);
    this.rules = new TemplateRules(new ContentCheck(templating, limits));
    this.clock = clock;
  }

  /// The template in its latest version. Throws a DomainException: InvalidFields, NotFound,
  /// EtagMismatch, AlreadyExists (the name is taken), RequestIdReused.
  public TemplateView handle(Command command) {
    TemplateId id =
        TemplateId.parse(command.templateId())
            .orElseThrow(() -> TemplateAnswers.notFound(command.templateId()));
    return idempotency.once(
        TemplateRequests.of(
            command.caller().scope(),
            METHOD,
            command.requestId(),
            id,
            command.etag(),
            command.changes()),
        () -> update(command, id),
        remembered -> answers.shown(command.caller().scope(), remembered));
  }

  private Map<String, String> update(Command command, TemplateId id) {
    Template template =
        templates
            .lock(command.caller().scope(), id)
            .orElseThrow(() -> TemplateAnswers.notFound(command.templateId()));
    refuseIfChanged(template, command);
    TemplateLabel label = command.changes().label(template.head().label());
    TemplateBody body = command.changes().body(template.version().body());
    rules.checkChannel(template.head().channel(), body);
    rules.check(label, body);
    return TemplateAnswers.remembered(changed(template, label, body, command.caller()));
  }

  private Template changed(
      Template template, TemplateLabel label, TemplateBody body, Caller caller) {
    boolean saysElse = !body.equals(template.version().body());
    if (!saysElse && label.equals(template.head().label())) {
      return template;
    }
    Instant now = clock.instant();
    Template.Head head = template.head().changed(label, saysElse, now);
    Template changed =
        new Template(
            head,
            saysElse
                ? new Template.Version(head.latest(), body, caller.principal(), now)
                : template.version());
    if (!templates.update(caller.scope(), changed)) {
      throw CreateTemplate.nameTaken();
    }
    return changed;
  }

  private static void refuseIfChanged(Template template, Command command) {
    String etag = command.etag();
    if (!etag.isEmpty() && !etag.equals(etag(template.head()))) {
      throw new DomainException(
          new DomainError.EtagMismatch(
              DomainError.NotFound.Kind.TEMPLATE, template.head().id().toString()));
    }
  }

  /// What a caller shows to prove which state of a template it has seen.
  public static String etag(Template.Head head) {
    return Integer.toString(head.revision());
  }

  /// What to change of which template.
  ///
  /// @param requestId may be empty
  /// @param etag empty to change it however it stands
  public record Command(
      Caller caller, String templateId, String requestId, String etag, Changes changes) {}

  /// What is to change; null keeps what there is.
  public record Changes(
      @Nullable String name,
      @Nullable String description,
      @Nullable Content content,
      @Nullable ContentSyntax syntax,
      @Nullable Map<String, String> defaults) {

    TemplateLabel label(TemplateLabel now) {
      return new TemplateLabel(
          Objects.requireNonNullElse(name, now.name()),
          Objects.requireNonNullElse(description, now.description()));
    }

    TemplateBody body(TemplateBody now) {
      Composition composition = now.composition();
      return new TemplateBody(
          Objects.requireNonNullElse(content, now.content()),
          new Composition(
              Objects.requireNonNullElse(syntax, composition.syntax()),
              Objects.requireNonNullElse(defaults, composition.defaults())));
    }

    @Override
    public String toString() {
      return "UpdateTemplate.Changes";
    }
  }
}
