package dev.carillon.grpc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.carillon.benchmarks.fuzz.AnyMessage;
import dev.carillon.benchmarks.fuzz.Promise;
import dev.carillon.benchmarks.fuzz.Refusals;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.UpdateBulkJobRequest;
import dev.carillon.v1.UpdateCarrierRequest;
import dev.carillon.v1.UpdateRecipientGroupRequest;
import dev.carillon.v1.UpdateRecipientRequest;
import dev.carillon.v1.UpdateTemplateRequest;
import java.util.List;
import java.util.Set;

/// Field masks, by themselves and in every request that has one: whatever the mask and the resource
/// are, they are mapped or refused with the path of a field, as a client would see it.
public final class FieldMasksFuzz {
  private static final Caller CALLER =
      new Caller(
          new Scope(new BusinessId(7), Environment.TEST), Role.OPERATOR, "fuzz", "ZW", "USD");
  private static final ValidationInterceptor RULES = new ValidationInterceptor(Validators.create());
  private static final List<Message> TYPES =
      List.of(
          UpdateBulkJobRequest.getDefaultInstance(),
          UpdateCarrierRequest.getDefaultInstance(),
          UpdateRecipientRequest.getDefaultInstance(),
          UpdateRecipientGroupRequest.getDefaultInstance(),
          UpdateTemplateRequest.getDefaultInstance());
  private static final String[] PATHS = {
    "*",
    "name",
    "description",
    "rate_per_second",
    "send_window",
    "send_window.start_time",
    "window",
    "enabled",
    "first_name",
    "email",
    "tags",
    "country",
    "tag_expression",
    "sms",
    "content_syntax",
    "default_variables",
    "default_variables.a",
    "id",
    "etag",
    "",
    "bulk_job.name"
  };
  private static final List<String> UPDATABLE = List.of("name", "rate_per_second", "tags");
  private static final FieldMasks MASKS = new FieldMasks(UPDATABLE.toArray(String[]::new));

  private FieldMasksFuzz() {}

  /// Makes the rules of the requests ready, which takes seconds while classes are rewritten.
  public static void fuzzerInitialize() {
    TYPES.forEach(RULES::warmUp);
  }

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    Message request = AnyMessage.like(data.pickValue(TYPES), PATHS, data);
    int size = request.getSerializedSize();
    Refusals.refusing(() -> Promise.linear(size, () -> mapped(request)));
    FieldMask mask = (FieldMask) AnyMessage.like(FieldMask.getDefaultInstance(), PATHS, data);
    int length = mask.getSerializedSize();
    Refusals.refusing(() -> Promise.linear(length, () -> named(mask)))
        .ifPresent(named ->
            Promise.kept(UPDATABLE.containsAll(named), "only what may be updated is named"));
  }

  private static Set<String> named(FieldMask mask) {
    Violations violations = new Violations();
    Set<String> named = MASKS.named(mask, violations);
    violations.refuse();
    return named;
  }

  private static Object mapped(Message request) {
    RULES.check(request);
    return switch (request) {
      case UpdateBulkJobRequest job -> UpdateRequests.command(CALLER, job);
      case UpdateCarrierRequest carrier -> AdminRequests.updateCarrier(CALLER, carrier);
      case UpdateRecipientRequest recipient -> RecipientRequests.update(CALLER, recipient);
      case UpdateRecipientGroupRequest group -> RecipientGroupRequests.update(CALLER, group);
      case UpdateTemplateRequest template -> TemplateRequests.update(CALLER, template);
      default -> throw new IllegalArgumentException("no such request");
    };
  }
}
