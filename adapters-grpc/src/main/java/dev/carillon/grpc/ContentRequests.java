package dev.carillon.grpc;

import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import java.util.Map;

/// Maps what is said, and how it is written.
final class ContentRequests {
  private ContentRequests() {}

  static SmsContent sms(dev.carillon.v1.SmsContent content) {
    return new SmsContent(content.getText(), content.getSender());
  }

  static WhatsAppContent whatsApp(dev.carillon.v1.WhatsAppContent content) {
    return new WhatsAppContent(
        content.getText(),
        content.hasTemplate() ? template(content.getTemplate()) : null,
        content.getSender());
  }

  /// Notes what of it is not supported.
  ///
  /// @param path of the content in the request
  static EmailContent email(
      String path, dev.carillon.v1.EmailContent content, Violations violations) {
    if (content.getAttachmentsCount() > 0) {
      violations.add(path + ".attachments", "must be empty: attachments are not supported for now");
    }
    return new EmailContent(
        content.getFrom(),
        content.getReplyTo(),
        content.getSubject(),
        content.getHtml(),
        content.getText(),
        content.getHeadersMap());
  }

  static Composition composition(
      dev.carillon.v1.ContentSyntax syntax, Map<String, String> defaults) {
    return new Composition(syntax(syntax), defaults);
  }

  static ContentSyntax syntax(dev.carillon.v1.ContentSyntax syntax) {
    return ProtoEnums.CONTENT_SYNTAX.toDomain(syntax).orElse(ContentSyntax.MUSTACHE);
  }

  /// Notes a syntax that is given where a template says it itself.
  static void refuseSyntax(dev.carillon.v1.ContentSyntax syntax, Violations violations) {
    if (syntax != dev.carillon.v1.ContentSyntax.CONTENT_SYNTAX_UNSPECIFIED) {
      violations.add("content_syntax", "must be left out where a template is given");
    }
  }

  private static WhatsAppTemplate template(dev.carillon.v1.WhatsAppTemplate template) {
    return new WhatsAppTemplate(
        template.getName(), template.getLanguage(), template.getParametersList());
  }
}
