package dev.carillon.grpc;

import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.RequestedPlan;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Maps CreateBulkJobRequest to the command of its use case.
final class SubmissionRequests {
  private SubmissionRequests() {}

  /// Throws InvalidFields with all that cannot be mapped.
  static CreateBulkJob.Command command(Caller caller, CreateBulkJobRequest request) {
    Violations violations = new Violations();
    List<CreateBulkJob.Entry> entries = EntryRequests.entries(request, violations);
    String region = region(caller, request, violations);
    RequestedPlan plan = PlanRequests.plan(request, violations);
    violations.refuse();
    return new CreateBulkJob.Command(
        caller,
        request.getRequestId(),
        request.getName(),
        content(request),
        EntryPaths.of(request).field(),
        entries,
        request.hasCount() ? OptionalLong.of(request.getCount()) : OptionalLong.empty(),
        region,
        ProtoEnums.PRIORITY.toDomain(request.getPriority()).orElse(Priority.NORMAL),
        ProtoEnums.DUPLICATE_POLICY
            .toDomain(request.getDuplicatePolicy())
            .orElse(DuplicatePolicy.BY_CONTENT),
        Map.copyOf(request.getLabelsMap()),
        plan);
  }

  private static String region(Caller caller, CreateBulkJobRequest request, Violations violations) {
    String region = request.getDefaultRegion();
    if (region.isEmpty()) {
      return caller.defaultRegion();
    }
    if (CountryCode.parse(region).isEmpty()) {
      violations.add("default_region", "must be a country code of ISO 3166-1 alpha-2");
    }
    return region;
  }

  private static Content content(CreateBulkJobRequest request) {
    return switch (request.getContentCase()) {
      case SMS -> new SmsContent(request.getSms().getText(), request.getSms().getSender());
      case WHATSAPP -> whatsApp(request.getWhatsapp());
      case EMAIL -> email(request.getEmail());
      case CONTENT_NOT_SET ->
          throw Violations.one("content", "must be one of sms, whatsapp, email");
    };
  }

  private static WhatsAppContent whatsApp(dev.carillon.v1.WhatsAppContent content) {
    return new WhatsAppContent(
        content.getText(),
        content.hasTemplate() ? template(content.getTemplate()) : null,
        content.getSender());
  }

  private static WhatsAppTemplate template(dev.carillon.v1.WhatsAppTemplate template) {
    return new WhatsAppTemplate(
        template.getName(), template.getLanguage(), template.getParametersList());
  }

  private static EmailContent email(dev.carillon.v1.EmailContent content) {
    return new EmailContent(
        content.getFrom(),
        content.getReplyTo(),
        content.getSubject(),
        content.getHtml(),
        content.getText(),
        content.getHeadersMap());
  }
}
