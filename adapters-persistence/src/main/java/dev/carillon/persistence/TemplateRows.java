package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.TEMPLATE;
import static dev.carillon.persistence.schema.Tables.TEMPLATE_VERSION;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import dev.carillon.persistence.schema.tables.records.TemplateRecord;
import dev.carillon.persistence.schema.tables.records.TemplateVersionRecord;
import org.jooq.Record;

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
    ContentColumns.OF_VERSIONS.write(row, version.body().content());
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
    Channel channel = Channel.valueOf(joined.get(TEMPLATE.CHANNEL));
    Content content = ContentColumns.OF_VERSIONS.read(channel, row);
    return new Template.Version(
        row.getVersion(),
        new TemplateBody(content, composition),
        row.getCreatedBy(),
        row.getCreatedAt());
  }
}
