package dev.carillon.application;

import dev.carillon.application.port.TemplateRepository;
import dev.carillon.application.port.Templating;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what is to be said when somebody asks for it, by the words themselves or by a
/// template's name.
public final class Scripts {
  private final TemplateRepository templates;
  private final Templating templating;
  private final ContentCheck check;
  private final MissingTemplates missing;

  public Scripts(TemplateRepository templates, Templating templating, ContentLimits limits) {
    this.templates = templates;
    this.templating = templating;
    this.check = new ContentCheck(templating, limits);
    this.missing = new MissingTemplates(templates);
  }

  /// Everything that is wrong with what is asked for, without a look at the store.
  List<FieldViolation> violations(RequestedContent requested) {
    return switch (requested) {
      case RequestedContent.Given(var content, var composition) ->
          check.violations(content, composition);
      case RequestedContent.OfTemplate template -> ContentCheck.ofDefaults(template.defaults());
    };
  }

  /// What is to be said; empty when there is no such template, or version of it, within the scope.
  Optional<Script> find(Scope scope, RequestedContent requested) {
    return switch (requested) {
      case RequestedContent.Given(var content, var composition) ->
          Optional.of(new Script(content, composition, null));
      case RequestedContent.OfTemplate wanted ->
          TemplateId.parse(wanted.template())
              .flatMap(id -> templates.find(scope, id, wanted.version()))
              .map(template -> script(template, wanted.defaults()));
    };
  }

  /// The same for those who ask to see it. Throws a DomainException: InvalidFields, NotFound,
  /// NoTemplateVersion.
  public Script get(Scope scope, RequestedContent requested) {
    List<FieldViolation> violations = violations(requested);
    InvalidFields.refuse(violations);
    return find(scope, requested).orElseThrow(() -> notFound(scope, requested));
  }

  /// A script, read so that it can be filled.
  public Wording wording(Script script) {
    return wording(script.content(), script.composition());
  }

  /// The same of what was checked and stored.
  Wording wording(Content content, Composition composition) {
    return Wording.of(content, composition, templating);
  }

  /// What is to be said of a template that was not found: NotFound, or NoTemplateVersion.
  DomainException notFound(Scope scope, RequestedContent requested) {
    return requested instanceof RequestedContent.OfTemplate(String template, int version, _)
        ? missing.of(scope, template, version)
        : new DomainException(new DomainError.NotFound(DomainError.NotFound.Kind.TEMPLATE, ""));
  }

  private static Script script(Template template, Map<String, String> defaults) {
    TemplateBody body = template.version().body();
    Map<String, String> all = new HashMap<>(body.composition().defaults());
    all.putAll(defaults);
    return new Script(
        body.content(), new Composition(body.composition().syntax(), all), template.ref());
  }
}
