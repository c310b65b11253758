package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.PersonalContent;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WhatsAppContent;
import dev.carillon.v1.WhatsAppTemplate;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class ValidationInterceptorTest {
  private final ValidationInterceptor validation = new ValidationInterceptor(Validators.create());

  @Test
  void letsAGoodRequestThrough() {
    assertThatCode(() -> validation.check(submission().build())).doesNotThrowAnyException();
    assertThatCode(() -> validation.check(ListBulkJobsRequest.getDefaultInstance()))
        .doesNotThrowAnyException();
  }

  @Test
  void namesEveryFieldThatBreaksARule() {
    CreateBulkJobRequest request =
        submission()
            .setRequestId("not ok")
            .setName("n".repeat(201))
            .setDefaultRegion("zw")
            .setPriorityValue(99)
            .setDuplicatePolicyValue(99)
            .setPassType("html")
            .putLabels("x", "v".repeat(256))
            .setSms(SmsContent.newBuilder().setText("hi").setSender("s".repeat(22)))
            .build();

    assertThat(refused(request))
        .containsExactlyInAnyOrder(
            "request_id",
            "name",
            "default_region",
            "priority",
            "duplicate_policy",
            "pass_type",
            "labels[\"x\"]",
            "sms.sender");
  }

  @Test
  void namesFieldsInsideOfFields() {
    assertThat(
            refused(
                submission()
                    .setWhatsapp(
                        WhatsAppContent.newBuilder()
                            .setTemplate(
                                WhatsAppTemplate.newBuilder()
                                    .setName("n")
                                    .addParameters("ok")
                                    .addParameters("p".repeat(1_048_577))))
                    .build()))
        .containsExactlyInAnyOrder("whatsapp.template.language", "whatsapp.template.parameters[1]");
    assertThat(refused(submission().setEmail(EmailContent.getDefaultInstance()).build()))
        .containsExactly("email.from");
    assertThat(
            refused(
                ListBulkJobsRequest.newBuilder()
                    .setPageSize(1_001)
                    .setSkip(-1)
                    .addStatuses(BulkJobStatus.BULK_JOB_STATUS_OPEN)
                    .addStatusesValue(99)
                    .build()))
        .containsExactlyInAnyOrder("page_size", "skip", "statuses[1]");
    assertThat(
            refused(
                WatchBulkJobRequest.newBuilder()
                    .setBulkId("x")
                    .setHeartbeatInterval(Duration.newBuilder().setSeconds(16))
                    .build()))
        .containsExactly("heartbeat_interval");
    assertThat(refused(GetBulkJobRequest.getDefaultInstance())).containsExactly("bulk_id");
  }

  @Test
  void refusesASubmissionThatSaysNothing() {
    assertThat(refused(submission().clearSms().build())).containsExactly("content");
  }

  @Test
  void refusesNulWhereNoUseCaseLooksAtTheText() {
    assertThat(
            refused(submission().setName("a\0").putLabels("k\0", "v").putLabels("l", "\0").build()))
        .containsExactlyInAnyOrder("name", "labels[\"k?\"]", "labels[\"l\"]");
    assertThat(refused(ListMessagesRequest.newBuilder().setBulkId("x").setClientRef("\0").build()))
        .containsExactly("client_ref");
    assertThat(refused(ListBulkJobsRequest.newBuilder().putLabels("a", "\0").build()))
        .containsExactly("labels[\"a\"]");
  }

  @Test
  void doesNotWalkTheEntries() {
    CreateBulkJobRequest.Builder builder = submission().clearTo();
    for (int i = 0; i < 50_000; i++) {
      builder.addEntries(
          BulkJobEntry.newBuilder()
              .setTo("+26377" + (1_000_000 + i))
              .setClientRef("ref-" + i)
              .setContent(PersonalContent.newBuilder().setText("Hello number " + i)));
    }
    CreateBulkJobRequest request = builder.build();
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      validation.check(request);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }

    assertThat(java.time.Duration.ofNanos(fastest)).isLessThan(java.time.Duration.ofMillis(10));
  }

  private static CreateBulkJobRequest.Builder submission() {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText("hello"))
        .addTo("+263771234567");
  }

  private List<String> refused(Message request) {
    DomainException refusal =
        Assertions.catchThrowableOfType(DomainException.class, () -> validation.check(request));
    return ((DomainError.InvalidFields) refusal.error())
        .violations().stream().map(FieldViolation::path).toList();
  }
}
