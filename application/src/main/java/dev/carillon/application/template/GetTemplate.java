package dev.carillon.application.template;

import dev.carillon.application.MissingTemplates;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.application.port.Templating;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.template.TemplateId;

/// Shows one template as one of its versions says it.
public final class GetTemplate {
  private final TemplateRepository templates;
  private final TemplateAnswers answers;
  private final MissingTemplates missing;

  public GetTemplate(TemplateRepository templates, Templating templating) {
    this.templates = templates;
    this.answers = new TemplateAnswers(templates, templating);
    this.missing = new MissingTemplates(templates);
  }

  /// The template. Throws a DomainException: NotFound when it does not exist or is another
  /// tenant's, NoTemplateVersion when it has no such version.
  public TemplateView handle(Query query) {
    return TemplateId.parse(query.templateId())
        .flatMap(id -> templates.find(query.caller().scope(), id, query.version()))
        .map(answers::view)
        .orElseThrow(() -> missing.of(query.caller().scope(), query.templateId(), query.version()));
  }

  /// Which template, by its public id.
  ///
  /// @param version 0 for the latest
  public record Query(Caller caller, String templateId, int version) {}
}
