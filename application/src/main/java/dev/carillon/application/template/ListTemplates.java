package dev.carillon.application.template;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.template.Template;
import org.jspecify.annotations.Nullable;

/// Lists the templates of the caller's business and environment, newest first.
public final class ListTemplates {
  private final TemplateRepository templates;

  public ListTemplates(TemplateRepository templates) {
    this.templates = templates;
  }

  public Page<Template.Head> handle(Query query) {
    return templates.list(query.caller().scope(), query.channel(), query.page());
  }

  /// Which templates, and which part of them.
  ///
  /// @param channel null for all
  public record Query(Caller caller, @Nullable Channel channel, PageRequest page) {}
}
