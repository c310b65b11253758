package dev.carillon.grpc;

import dev.carillon.application.port.Page;
import dev.carillon.application.template.TemplateView;
import dev.carillon.application.template.UpdateTemplate;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.v1.CreateTemplateResponse;
import dev.carillon.v1.GetTemplateResponse;
import dev.carillon.v1.ListTemplatesResponse;
import dev.carillon.v1.UpdateTemplateResponse;

/// Maps templates to the answers of the API.
final class TemplateResponses {
  private TemplateResponses() {}

  static CreateTemplateResponse created(TemplateView view) {
    return CreateTemplateResponse.newBuilder().setTemplate(template(view)).build();
  }

  static GetTemplateResponse got(TemplateView view) {
    return GetTemplateResponse.newBuilder().setTemplate(template(view)).build();
  }

  static UpdateTemplateResponse updated(TemplateView view) {
    return UpdateTemplateResponse.newBuilder().setTemplate(template(view)).build();
  }

  static ListTemplatesResponse listed(Page<Template.Head> page, PageTokens tokens) {
    return ListTemplatesResponse.newBuilder()
        .addAllTemplates(page.items().stream().map(head -> head(head).build()).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  private static dev.carillon.v1.Template template(TemplateView view) {
    Template.Version version = view.template().version();
    TemplateBody body = version.body();
    dev.carillon.v1.Template.Builder response =
        head(view.template().head())
            .setVersion(version.number())
            .setVersionCreateTime(ProtoValues.timestamp(version.createdAt()))
            .setVersionCreatedBy(version.createdBy())
            .setContentSyntax(ProtoEnums.CONTENT_SYNTAX.toProto(body.composition().syntax()))
            .putAllDefaultVariables(body.composition().defaults())
            .addAllVariables(view.variables().stream().sorted().toList());
    switch (body.content()) {
      case SmsContent sms -> response.setSms(ContentResponses.sms(sms));
      case WhatsAppContent whatsApp -> response.setWhatsapp(ContentResponses.whatsApp(whatsApp));
      case EmailContent email -> response.setEmail(ContentResponses.email(email));
    }
    return response.build();
  }

  private static dev.carillon.v1.Template.Builder head(Template.Head head) {
    return dev.carillon.v1.Template.newBuilder()
        .setTemplateId(head.id().toString())
        .setName(head.label().name())
        .setDescription(head.label().description())
        .setChannel(ProtoEnums.CHANNEL.toProto(head.channel()))
        .setVersion(head.latest())
        .setLatestVersion(head.latest())
        .setEtag(UpdateTemplate.etag(head))
        .setCreatedBy(head.createdBy())
        .setCreateTime(ProtoValues.timestamp(head.createdAt()))
        .setUpdateTime(ProtoValues.timestamp(head.updatedAt()));
  }
}
