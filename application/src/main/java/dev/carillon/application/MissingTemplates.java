package dev.carillon.application;

import dev.carillon.application.port.TemplateRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.template.TemplateId;

/// Finds out what it was that a caller asked for in vain: a template, or a version of one.
///
/// @param templates where they are kept
public record MissingTemplates(TemplateRepository templates) {
  private static final int LATEST = 0;

  /// NoTemplateVersion where the scope has the template, else NotFound.
  ///
  /// @param template its public id, as the caller wrote it
  /// @param version that was not found; 0 for the latest
  public DomainException of(Scope scope, String template, int version) {
    return new DomainException(
        TemplateId.parse(template)
            .flatMap(id -> templates.find(scope, id, LATEST))
            .<DomainError>map(known ->
                new DomainError.NoTemplateVersion(template, version, known.head().latest()))
            .orElseGet(
                () -> new DomainError.NotFound(DomainError.NotFound.Kind.TEMPLATE, template)));
  }
}
