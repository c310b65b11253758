package dev.carillon.grpc;

import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.template.TemplateRef;
import dev.carillon.v1.TemplateReference;

/// Maps what is said to the answers of the API.
final class ContentResponses {
  private ContentResponses() {}

  static dev.carillon.v1.SmsContent sms(SmsContent content) {
    return dev.carillon.v1.SmsContent.newBuilder()
        .setText(content.text())
        .setSender(content.sender())
        .build();
  }

  static dev.carillon.v1.WhatsAppContent whatsApp(WhatsAppContent content) {
    dev.carillon.v1.WhatsAppContent.Builder response =
        dev.carillon.v1.WhatsAppContent.newBuilder().setSender(content.sender());
    WhatsAppTemplate template = content.template();
    return template == null
        ? response.setText(content.text()).build()
        : response.setTemplate(template(template)).build();
  }

  static dev.carillon.v1.EmailContent email(EmailContent content) {
    return dev.carillon.v1.EmailContent.newBuilder()
        .setFrom(content.from())
        .setReplyTo(content.replyTo())
        .setSubject(content.subject())
        .setHtml(content.html())
        .setText(content.text())
        .putAllHeaders(content.headers())
        .build();
  }

  static TemplateReference reference(TemplateRef template) {
    return TemplateReference.newBuilder()
        .setTemplateId(template.id().toString())
        .setVersion(template.version())
        .build();
  }

  private static dev.carillon.v1.WhatsAppTemplate template(WhatsAppTemplate template) {
    return dev.carillon.v1.WhatsAppTemplate.newBuilder()
        .setName(template.name())
        .setLanguage(template.language())
        .addAllParameters(template.parameters())
        .build();
  }
}
