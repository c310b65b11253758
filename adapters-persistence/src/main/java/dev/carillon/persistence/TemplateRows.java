package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.TEMPLATE;
import static dev.carillon.persistence.schema.Tables.TEMPLATE_VERSION;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import dev.carillon.persistence.schema.tables.records.TemplateRecord;
import dev.carillon.persistence.schema.tables.records.TemplateVersionRecord;
import java.util.Map;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between rows of templates and the domain.
final class TemplateRows {
  private TemplateRows() {}

  static TemplateRecord toRow(Scope scope, Template.Head head) {
    TemplateRecord row = changes(head);
    row.setTemplateId(head.id().value());
    row.setBusinessId(scope.business().value());
    row.setEnvironment(scope.environment().name());
    row.setChannel(head.channel().name());
    row.setCreatedBy(head.createdBy());
    row.setCreatedAt(head.createdAt());
    return row;
  }

  /// What of a head may change.
  static TemplateRecord changes(Template.Head head) {
    return new TemplateRecord()
        .setName(head.label().name())
        .setDescription(head.label().description())
        .setLatest(head.latest())
        .setRevision(head.revision())
        .setUpdatedAt(head.updatedAt());
  }

  static TemplateVersionRecord toRow(long template, Template.Version version) {
    TemplateVersionRecord row = new TemplateVersionRecord();
    Composition composition = version.body().composition();
    row.setTemplate(template);
    row.setVersion(version.number());
    row.setSyntax(composition.syntax().name());
    row.setDefaultVariables(Json.of(composition.defaults()));
    content(row, version.body().content());
    row.setCreatedBy(version.createdBy());
    row.setCreatedAt(version.createdAt());
    return row;
  }

  static Template template(Record row) {
    return new Template(head(row.into(TEMPLATE)), version(row.into(TEMPLATE_VERSION), row));
  }

  static Template.Head head(TemplateRecord row) {
    return new Template.Head(
        new TemplateId(row.getTemplateId()),
        new TemplateLabel(row.getName(), row.getDescription()),
        Channel.valueOf(row.getChannel()),
        row.getLatest(),
        row.getRevision(),
        row.getCreatedBy(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }

  private static Template.Version version(TemplateVersionRecord row, Record joined) {
    Composition composition =
        new Composition(
            ContentSyntax.valueOf(row.getSyntax()), Json.map(row.getDefaultVariables()));
    Content content = content(Channel.valueOf(joined.get(TEMPLATE.CHANNEL)), row);
    return new Template.Version(
        row.getVersion(),
        new TemplateBody(content, composition),
        row.getCreatedBy(),
        row.getCreatedAt());
  }

  private static void content(TemplateVersionRecord row, Content content) {
    row.setText("").setSender("").setSubject("").setHtml("").setMailFrom("").setReplyTo("");
    row.setHeaders(Json.of(Map.of()));
    switch (content) {
      case SmsContent sms -> row.setText(sms.text()).setSender(sms.sender());
      case WhatsAppContent whatsApp -> whatsApp(row, whatsApp);
      case EmailContent email ->
          row.setText(email.text())
              .setSubject(email.subject())
              .setHtml(email.html())
              .setMailFrom(email.from())
              .setReplyTo(email.replyTo())
              .setHeaders(Json.of(email.headers()));
    }
  }

  private static void whatsApp(TemplateVersionRecord row, WhatsAppContent content) {
    row.setText(content.text()).setSender(content.sender());
    WhatsAppTemplate template = content.template();
    if (template != null) {
      row.setWhatsappName(template.name())
          .setWhatsappLanguage(template.language())
          .setWhatsappParameters(JSONB.jsonb(Json.of(template.parameters())));
    }
  }

  private static Content content(Channel channel, TemplateVersionRecord row) {
    return switch (channel) {
      case SMS -> new SmsContent(row.getText(), row.getSender());
      case WHATSAPP -> new WhatsAppContent(row.getText(), whatsApp(row), row.getSender());
      case EMAIL ->
          new EmailContent(
              row.getMailFrom(),
              row.getReplyTo(),
              row.getSubject(),
              row.getHtml(),
              row.getText(),
              Json.map(row.getHeaders()));
    };
  }

  private static @Nullable WhatsAppTemplate whatsApp(TemplateVersionRecord row) {
    return row.getWhatsappName() == null
        ? null
        : new WhatsAppTemplate(
            row.getWhatsappName(),
            row.getWhatsappLanguage(),
            Json.list(row.getWhatsappParameters()));
  }
}
