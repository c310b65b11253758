package dev.carillon.application.template;

import dev.carillon.application.Wording;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.application.port.Templating;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import java.time.Instant;
import java.util.Map;

/// Shows templates: as they are now, and as they were when a request was answered first.
///
/// @param templates where they are kept
/// @param templating knows what variables they ask for
record TemplateAnswers(TemplateRepository templates, Templating templating) {
  private static final String ID = "template_id";
  private static final String VERSION = "version";
  private static final String REVISION = "revision";
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String UPDATED = "updated";

  static DomainException notFound(String id) {
    return new DomainException(new DomainError.NotFound(DomainError.NotFound.Kind.TEMPLATE, id));
  }

  TemplateView view(Template template) {
    TemplateBody body = template.version().body();
    return new TemplateView(
        template, Wording.of(body.content(), body.composition(), templating).names());
  }

  /// What is to be remembered so that the same can be shown again: versions never change, all else
  /// may.
  static Map<String, String> remembered(Template template) {
    Template.Head head = template.head();
    return Map.of(
        ID, head.id().toString(),
        VERSION, Integer.toString(template.version().number()),
        REVISION, Integer.toString(head.revision()),
        NAME, head.label().name(),
        DESCRIPTION, head.label().description(),
        UPDATED, head.updatedAt().toString());
  }

  /// The template as it was when this was remembered. Throws NotFound when it was deleted since.
  TemplateView shown(Scope scope, Map<String, String> remembered) {
    String id = remembered.getOrDefault(ID, "");
    int version = Integer.parseInt(remembered.getOrDefault(VERSION, "1"));
    return TemplateId.parse(id)
        .flatMap(known -> templates.find(scope, known, version))
        .map(template -> view(asItWas(template, remembered)))
        .orElseThrow(() -> notFound(id));
  }

  private static Template asItWas(Template template, Map<String, String> remembered) {
    Template.Head now = template.head();
    Template.Head then =
        new Template.Head(
            now.id(),
            new TemplateLabel(
                remembered.getOrDefault(NAME, ""), remembered.getOrDefault(DESCRIPTION, "")),
            now.channel(),
            template.version().number(),
            Integer.parseInt(remembered.getOrDefault(REVISION, "1")),
            now.createdBy(),
            now.createdAt(),
            Instant.parse(remembered.getOrDefault(UPDATED, now.updatedAt().toString())));
    return new Template(then, template.version());
  }
}
