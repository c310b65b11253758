package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.TEMPLATE_VERSION;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import java.util.List;
import java.util.Map;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/// The columns of a table that hold what is said, and what goes between them and the domain.
///
/// @param said those that every channel has, or some
/// @param approved those of a WhatsApp template
record ContentColumns(Said said, Approved approved) {
  /// Of jobs.
  static final ContentColumns OF_JOBS =
      new ContentColumns(
          new Said(
              JOB.TEXT,
              JOB.SENDER,
              JOB.SUBJECT,
              JOB.HTML,
              JOB.MAIL_FROM,
              JOB.REPLY_TO,
              JOB.HEADERS),
          new Approved(JOB.TEMPLATE_NAME, JOB.TEMPLATE_LANGUAGE, JOB.TEMPLATE_PARAMETERS));

  /// Of versions of templates.
  static final ContentColumns OF_VERSIONS =
      new ContentColumns(
          new Said(
              TEMPLATE_VERSION.TEXT,
              TEMPLATE_VERSION.SENDER,
              TEMPLATE_VERSION.SUBJECT,
              TEMPLATE_VERSION.HTML,
              TEMPLATE_VERSION.MAIL_FROM,
              TEMPLATE_VERSION.REPLY_TO,
              TEMPLATE_VERSION.HEADERS),
          new Approved(
              TEMPLATE_VERSION.WHATSAPP_NAME,
              TEMPLATE_VERSION.WHATSAPP_LANGUAGE,
              TEMPLATE_VERSION.WHATSAPP_PARAMETERS));

  /// Sets them in a new row; those that the channel does not have are empty.
  void write(Record row, Content content) {
    said.clear(row);
    row.set(said.sender(), content instanceof EmailContent ? "" : content.sender());
    switch (content) {
      case SmsContent sms -> row.set(said.text(), sms.text());
      case WhatsAppContent whatsApp -> {
        row.set(said.text(), whatsApp.text());
        approved.write(row, whatsApp.template());
      }
      case EmailContent email -> said.write(row, email);
    }
  }

  Content read(Channel channel, Record row) {
    return switch (channel) {
      case SMS -> new SmsContent(row.get(said.text()), row.get(said.sender()));
      case WHATSAPP ->
          new WhatsAppContent(row.get(said.text()), approved.read(row), row.get(said.sender()));
      case EMAIL ->
          new EmailContent(
              row.get(said.from()),
              row.get(said.replyTo()),
              row.get(said.subject()),
              row.get(said.html()),
              row.get(said.text()),
              Json.map(row.get(said.headers())));
    };
  }

  /// Never null: a channel that has no such thing has an empty one.
  record Said(
      TableField<?, String> text,
      TableField<?, String> sender,
      TableField<?, String> subject,
      TableField<?, String> html,
      TableField<?, String> from,
      TableField<?, String> replyTo,
      TableField<?, JSONB> headers) {
    private void clear(Record row) {
      List.of(text, subject, html, from, replyTo).forEach(field -> row.set(field, ""));
      row.set(headers, Json.of(Map.of()));
    }

    private void write(Record row, EmailContent email) {
      row.set(text, email.text());
      row.set(subject, email.subject());
      row.set(html, email.html());
      row.set(from, email.from());
      row.set(replyTo, email.replyTo());
      row.set(headers, Json.of(email.headers()));
    }
  }

  /// All null where there is no template.
  record Approved(
      TableField<?, String> name, TableField<?, String> language, TableField<?, JSONB> parameters) {
    private void write(Record row, @Nullable WhatsAppTemplate template) {
      if (template != null) {
        row.set(name, template.name());
        row.set(language, template.language());
        row.set(parameters, JSONB.jsonb(Json.of(template.parameters())));
      }
    }

    private @Nullable WhatsAppTemplate read(Record row) {
      return row.get(name) == null
          ? null
          : new WhatsAppTemplate(row.get(name), row.get(language), Json.list(row.get(parameters)));
    }
  }
}
