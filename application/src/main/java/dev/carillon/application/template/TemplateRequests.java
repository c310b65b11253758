package dev.carillon.application.template;

import dev.carillon.application.Idempotency;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a request about a template asks for, in full, so that its repeat is known.
final class TemplateRequests {
  private final List<String> texts = new ArrayList<>();

  private TemplateRequests() {}

  static Idempotency.Request of(
      Scope scope, String method, String requestId, TemplateLabel label, TemplateBody body) {
    return new TemplateRequests()
        .text(label.name())
        .text(label.description())
        .content(body.content())
        .text(body.composition().syntax().name())
        .texts(body.composition().defaults())
        .request(scope, method, requestId);
  }

  static Idempotency.Request of(
      Scope scope,
      String method,
      String requestId,
      TemplateId id,
      String etag,
      UpdateTemplate.Changes changes) {
    return new TemplateRequests()
        .text(id.toString())
        .text(etag)
        .text(changes.name())
        .text(changes.description())
        .content(changes.content())
        .text(changes.syntax() == null ? null : changes.syntax().name())
        .texts(changes.defaults())
        .request(scope, method, requestId);
  }

  private Idempotency.Request request(Scope scope, String method, String requestId) {
    return Idempotency.Request.of(scope, method, requestId, texts.toArray(String[]::new));
  }

  /// Absence is another text than the empty one.
  private TemplateRequests text(@Nullable String text) {
    texts.add(text == null ? "" : "+" + text);
    return this;
  }

  private TemplateRequests texts(@Nullable Map<String, String> map) {
    if (map == null) {
      return text(null);
    }
    text(Integer.toString(map.size()));
    new TreeMap<>(map).forEach((key, value) -> text(key).text(value));
    return this;
  }

  private TemplateRequests content(@Nullable Content content) {
    return switch (content) {
      case null -> text(null);
      case SmsContent sms -> text("sms").text(sms.text()).text(sms.sender());
      case WhatsAppContent whatsApp ->
          text("whatsapp")
              .text(whatsApp.text())
              .text(whatsApp.sender())
              .template(whatsApp.template());
      case EmailContent email ->
          text("email")
              .text(email.from())
              .text(email.replyTo())
              .text(email.subject())
              .text(email.html())
              .text(email.text())
              .texts(email.headers());
    };
  }

  private TemplateRequests template(@Nullable WhatsAppTemplate template) {
    if (template == null) {
      return text(null);
    }
    text(template.name()).text(template.language());
    text(Integer.toString(template.parameters().size()));
    template.parameters().forEach(this::text);
    return this;
  }
}
