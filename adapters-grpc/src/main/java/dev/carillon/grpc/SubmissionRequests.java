package dev.carillon.grpc;

import dev.carillon.application.Audience;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.RequestedContent;
import dev.carillon.application.RequestedPlan;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.Map;
import java.util.OptionalLong;

/// Maps CreateBulkJobRequest to the command of its use case.
final class SubmissionRequests {
  private SubmissionRequests() {}

  /// Throws InvalidFields with all that cannot be mapped.
  static CreateBulkJob.Command command(Caller caller, CreateBulkJobRequest request) {
    Violations violations = new Violations();
    Audience audience = AudienceRequests.audience(request, violations);
    String region = region(caller, request, violations);
    RequestedPlan plan = PlanRequests.plan(request, violations);
    Money maxCost =
        request.hasMaxCost()
            ? MoneyProtos.money("max_cost", request.getMaxCost(), violations)
            : null;
    RequestedContent content = content(request, violations);
    ToldStatuses told =
        EventTypes.ofMessages("message_events", request.getMessageEventsList(), violations);
    violations.refuse();
    return new CreateBulkJob.Command(
        caller,
        request.getRequestId(),
        request.getName(),
        content,
        audience,
        request.getExcludeGroupId(),
        AudienceRequests.cap(request),
        request.hasCount() ? OptionalLong.of(request.getCount()) : OptionalLong.empty(),
        region,
        ProtoEnums.PRIORITY.toDomain(request.getPriority()).orElse(Priority.NORMAL),
        ProtoEnums.DUPLICATE_POLICY
            .toDomain(request.getDuplicatePolicy())
            .orElse(DuplicatePolicy.BY_CONTENT),
        Map.copyOf(request.getLabelsMap()),
        told,
        plan,
        maxCost);
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

  private static RequestedContent content(CreateBulkJobRequest request, Violations violations) {
    Composition composition =
        ContentRequests.composition(request.getContentSyntax(), request.getDefaultVariablesMap());
    return switch (request.getContentCase()) {
      case SMS -> new RequestedContent.Given(ContentRequests.sms(request.getSms()), composition);
      case WHATSAPP ->
          new RequestedContent.Given(ContentRequests.whatsApp(request.getWhatsapp()), composition);
      case EMAIL ->
          new RequestedContent.Given(
              ContentRequests.email("email", request.getEmail(), violations), composition);
      case TEMPLATE -> {
        ContentRequests.refuseSyntax(request.getContentSyntax(), violations);
        yield new RequestedContent.OfTemplate(
            request.getTemplate().getTemplateId(),
            request.getTemplate().getVersion(),
            request.getDefaultVariablesMap());
      }
      case CONTENT_NOT_SET ->
          throw Violations.one("content", "must be one of sms, whatsapp, email, template");
    };
  }
}
