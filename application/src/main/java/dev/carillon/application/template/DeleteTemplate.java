package dev.carillon.application.template;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.template.TemplateId;
import java.util.Map;

/// Deletes a template with all its versions. Jobs that were made of it keep what they say.
public final class DeleteTemplate {
  private static final String METHOD = "DeleteTemplate";

  private final Idempotency idempotency;
  private final TemplateRepository templates;

  public DeleteTemplate(Idempotency idempotency, TemplateRepository templates) {
    this.idempotency = idempotency;
    this.templates = templates;
  }

  /// Throws a DomainException: NotFound, RequestIdReused.
  public void handle(Command command) {
    TemplateId id =
        TemplateId.parse(command.templateId())
            .orElseThrow(() -> TemplateAnswers.notFound(command.templateId()));
    var _ =
        idempotency.once(
            Idempotency.Request.of(
                command.caller().scope(), METHOD, command.requestId(), id.toString()),
            () -> delete(command, id),
            _ -> id);
  }

  private Map<String, String> delete(Command command, TemplateId id) {
    if (!templates.delete(command.caller().scope(), id)) {
      throw TemplateAnswers.notFound(command.templateId());
    }
    return Map.of();
  }

  /// Which template, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String templateId, String requestId) {}
}
