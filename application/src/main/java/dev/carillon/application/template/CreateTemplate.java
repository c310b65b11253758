package dev.carillon.application.template;

import dev.carillon.application.ContentCheck;
import dev.carillon.application.Idempotency;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.application.port.Templating;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Keeps a content under a name, as version 1 of a new template.
public final class CreateTemplate {
  private static final String METHOD = "CreateTemplate";
  private static final int FIRST = 1;

  private final Idempotency idempotency;
  private final TemplateRepository templates;
  private final TemplateAnswers answers;
  private final TemplateRules rules;
  private final IdSource ids;
  private final InstantSource clock;

  public CreateTemplate(
      Idempotency idempotency,
      TemplateRepository templates,
      Templating templating,
      IdSource ids,
      InstantSource clock,
      ContentLimits limits) {
    this.idempotency = idempotency;
    this.templates = templates;
    this.answers = new TemplateAnswers(templates, templating);
    this.rules = new TemplateRules(new ContentCheck(templating, limits));
    this.ids = ids;
    this.clock = clock;
  }

  /// The template, or the same answer as before for a request id that was seen. Throws a
  /// DomainException: InvalidFields, AlreadyExists (the name is taken), RequestIdReused.
  public TemplateView handle(Command command) {
    rules.check(command.label(), command.body());
    return idempotency.once(
        TemplateRequests.of(
            command.caller().scope(), METHOD, command.requestId(), command.label(), command.body()),
        () -> create(command),
        remembered -> answers.shown(command.caller().scope(), remembered));
  }

  private Map<String, String> create(Command command) {
    Instant now = clock.instant();
    String by = command.caller().principal();
    TemplateId id = new TemplateId(ids.nextId(now));
    Template template =
        new Template(
            new Template.Head(
                id,
                command.label(),
                command.body().content().channel(),
                FIRST,
                FIRST,
                by,
                now,
                now),
            new Template.Version(FIRST, command.body(), by, now));
    if (!templates.insert(command.caller().scope(), template)) {
      throw nameTaken();
    }
    return TemplateAnswers.remembered(template);
  }

  static DomainException nameTaken() {
    return new DomainException(
        new DomainError.AlreadyExists(DomainError.NotFound.Kind.TEMPLATE, "template.name", ""));
  }

  /// What to keep.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String requestId, TemplateLabel label, TemplateBody body) {}
}
