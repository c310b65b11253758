package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps templates and all their versions.
public interface TemplateRepository {
  /// The version that is the latest at the time, whatever its number.
  int LATEST = 0;

  /// Stores a template with its first version, inside the caller's transaction; false, and nothing
  /// stored, when another of the scope has its name.
  boolean insert(Scope scope, Template template);

  /// A template with this version, or with its latest one; empty when the template does not exist
  /// within the scope, or has no such version.
  Optional<Template> find(Scope scope, TemplateId id, int version);

  /// A template with its latest version, its row locked until the transaction ends; empty when it
  /// does not exist within the scope.
  Optional<Template> lock(Scope scope, TemplateId id);

  /// Writes back the head of a locked template, and its version if that is new. False when another
  /// of the scope has the name: then nothing was changed, and the transaction has to be given up.
  boolean update(Scope scope, Template template);

  /// Deletes a template with all its versions, inside the caller's transaction; false when it does
  /// not exist within the scope. What was made of it stays as it is.
  boolean delete(Scope scope, TemplateId id);

  /// A page of the scope's templates, the newest first.
  ///
  /// @param channel null for all
  Page<Template.Head> list(Scope scope, @Nullable Channel channel, PageRequest page);
}
