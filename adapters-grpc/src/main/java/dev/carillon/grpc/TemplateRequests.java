package dev.carillon.grpc;

import dev.carillon.application.RequestedContent;
import dev.carillon.application.template.CreateTemplate;
import dev.carillon.application.template.DeleteTemplate;
import dev.carillon.application.template.GetTemplate;
import dev.carillon.application.template.ListTemplates;
import dev.carillon.application.template.PreviewContent;
import dev.carillon.application.template.UpdateTemplate;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateLabel;
import dev.carillon.v1.CreateTemplateRequest;
import dev.carillon.v1.DeleteTemplateRequest;
import dev.carillon.v1.GetTemplateRequest;
import dev.carillon.v1.ListTemplatesRequest;
import dev.carillon.v1.PreviewTemplateRequest;
import dev.carillon.v1.Template;
import dev.carillon.v1.UpdateTemplateRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps requests about templates to the commands and queries of their use cases. Throws
/// InvalidFields with all that cannot be mapped.
final class TemplateRequests {
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String SYNTAX = "content_syntax";
  private static final String DEFAULTS = "default_variables";
  private static final List<String> CONTENTS = List.of("sms", "whatsapp", "email");
  private static final FieldMasks MASKS =
      new FieldMasks(NAME, DESCRIPTION, "sms", "whatsapp", "email", SYNTAX, DEFAULTS);

  private TemplateRequests() {}

  static CreateTemplate.Command create(Caller caller, CreateTemplateRequest request) {
    Violations violations = new Violations();
    Template template = request.getTemplate();
    Content content = content(template, violations);
    violations.refuse();
    if (content == null) {
      throw Violations.one("template.content", "must be one of sms, whatsapp, email");
    }
    return new CreateTemplate.Command(
        caller,
        request.getRequestId(),
        new TemplateLabel(template.getName(), template.getDescription()),
        new TemplateBody(content, composition(template)));
  }

  static GetTemplate.Query get(Caller caller, GetTemplateRequest request) {
    return new GetTemplate.Query(caller, request.getTemplateId(), request.getVersion());
  }

  static ListTemplates.Query list(Caller caller, ListTemplatesRequest request) {
    return new ListTemplates.Query(
        caller,
        ProtoEnums.CHANNEL.toDomain(request.getChannel()).orElse(null),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens pageTokens(Caller caller, ListTemplatesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static UpdateTemplate.Command update(Caller caller, UpdateTemplateRequest request) {
    Violations violations = new Violations();
    Template template = request.getTemplate();
    if (template.getTemplateId().isEmpty()) {
      violations.add("template.template_id", "must be given");
    }
    Set<String> fields =
        request.hasUpdateMask()
            ? new HashSet<>(MASKS.named(request.getUpdateMask(), violations))
            : new HashSet<>(MASKS.populated(template));
    Content content = changedContent(template, fields, violations);
    violations.refuse();
    return new UpdateTemplate.Command(
        caller,
        template.getTemplateId(),
        request.getRequestId(),
        template.getEtag(),
        new UpdateTemplate.Changes(
            fields.contains(NAME) ? template.getName() : null,
            fields.contains(DESCRIPTION) ? template.getDescription() : null,
            content,
            fields.contains(SYNTAX) ? ContentRequests.syntax(template.getContentSyntax()) : null,
            fields.contains(DEFAULTS) ? template.getDefaultVariablesMap() : null));
  }

  static DeleteTemplate.Command delete(Caller caller, DeleteTemplateRequest request) {
    return new DeleteTemplate.Command(caller, request.getTemplateId(), request.getRequestId());
  }

  static PreviewContent.Query preview(Caller caller, PreviewTemplateRequest request) {
    Violations violations = new Violations();
    RequestedContent source = source(request, violations);
    violations.refuse();
    return new PreviewContent.Query(caller, source, request.getVariablesMap(), recipient(request));
  }

  private static @Nullable RecipientKey recipient(PreviewTemplateRequest request) {
    return switch (request.getRecipientCase()) {
      case RECIPIENT_ID -> new RecipientId(request.getRecipientId());
      case RECIPIENT_PUBLIC_ID ->
          PublicRecipientId.parse(request.getRecipientPublicId())
              .orElseThrow(() -> notFound(request.getRecipientPublicId()));
      case RECIPIENT_NOT_SET -> null;
    };
  }

  private static DomainException notFound(String recipient) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT, recipient));
  }

  private static RequestedContent source(PreviewTemplateRequest request, Violations violations) {
    Composition composition =
        ContentRequests.composition(request.getContentSyntax(), request.getDefaultVariablesMap());
    return switch (request.getSourceCase()) {
      case TEMPLATE -> {
        ContentRequests.refuseSyntax(request.getContentSyntax(), violations);
        yield new RequestedContent.OfTemplate(
            request.getTemplate().getTemplateId(),
            request.getTemplate().getVersion(),
            request.getDefaultVariablesMap());
      }
      case SMS -> new RequestedContent.Given(ContentRequests.sms(request.getSms()), composition);
      case WHATSAPP ->
          new RequestedContent.Given(ContentRequests.whatsApp(request.getWhatsapp()), composition);
      case EMAIL ->
          new RequestedContent.Given(
              ContentRequests.email("email", request.getEmail(), violations), composition);
      case SOURCE_NOT_SET ->
          throw Violations.one("source", "must be one of template, sms, whatsapp, email");
    };
  }

  /// The new content, if the mask names any. A mask that names another than the one that is given
  /// would leave nothing to say.
  private static @Nullable Content changedContent(
      Template template, Set<String> fields, Violations violations) {
    Set<String> named = new HashSet<>(fields);
    named.retainAll(CONTENTS);
    if (named.isEmpty()) {
      return null;
    }
    String given = template.getContentCase().name().toLowerCase(Locale.ROOT);
    if (!named.contains(given)) {
      violations.add(
          "template." + named.stream().sorted().toList().getFirst(),
          "must be given where update_mask names it");
      return null;
    }
    return content(template, violations);
  }

  private static @Nullable Content content(Template template, Violations violations) {
    return switch (template.getContentCase()) {
      case SMS -> ContentRequests.sms(template.getSms());
      case WHATSAPP -> ContentRequests.whatsApp(template.getWhatsapp());
      case EMAIL -> ContentRequests.email("template.email", template.getEmail(), violations);
      case CONTENT_NOT_SET -> null;
    };
  }

  private static Composition composition(Template template) {
    return ContentRequests.composition(
        template.getContentSyntax(), template.getDefaultVariablesMap());
  }
}
