package dev.carillon.grpc;

import dev.carillon.application.Rendering;
import dev.carillon.application.template.PreviewContent;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.ForcingCharacter;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.SmsSegmentation;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.template.TemplateRef;
import dev.carillon.v1.PreviewTemplateResponse;

/// Maps what a recipient would get to the answer of the API.
final class PreviewResponses {
  private static final int MOST_FORCING = 100;

  private PreviewResponses() {}

  static PreviewTemplateResponse previewed(PreviewContent.Result result) {
    PreviewTemplateResponse.Builder response =
        PreviewTemplateResponse.newBuilder()
            .addAllMissingVariables(result.missing())
            .addAllVariables(result.variables().stream().sorted().toList())
            .setParts(result.parts())
            .setPrice(ProtoValues.money(result.price()));
    Reason reason = result.reason();
    if (reason != null) {
      response
          .setReason(reason.name())
          .setReasonText(MessageResponses.reasonText(reason, result.detail()));
    }
    TemplateRef template = result.template();
    if (template != null) {
      response.setTemplate(ContentResponses.reference(template));
    }
    if (result.rendering() instanceof Rendering.Complete(Content content)) {
      addContent(response, content);
    }
    return response.build();
  }

  private static void addContent(PreviewTemplateResponse.Builder response, Content content) {
    switch (content) {
      case SmsContent sms -> {
        response.setSms(ContentResponses.sms(sms));
        addSegmentation(response, sms.text());
      }
      case WhatsAppContent whatsApp -> response.setWhatsapp(ContentResponses.whatsApp(whatsApp));
      case EmailContent email -> response.setEmail(ContentResponses.email(email));
    }
  }

  private static void addSegmentation(PreviewTemplateResponse.Builder response, String text) {
    SmsSegmentation segmentation = SmsSegmentation.of(text);
    response
        .setEncoding(ProtoEnums.SMS_ENCODING.toProto(segmentation.encoding()))
        .setUnits(segmentation.units())
        .setUnitsLeft(segmentation.unitsLeft())
        .addAllForcingCharacters(
            SmsSegmentation.forcedUcs2By(text).stream()
                .limit(MOST_FORCING)
                .map(PreviewResponses::forcing)
                .toList());
  }

  private static dev.carillon.v1.ForcingCharacter forcing(ForcingCharacter forcing) {
    return dev.carillon.v1.ForcingCharacter.newBuilder()
        .setCharacter(forcing.character())
        .setCount(forcing.count())
        .setFirstPosition(forcing.firstPosition())
        .build();
  }
}
