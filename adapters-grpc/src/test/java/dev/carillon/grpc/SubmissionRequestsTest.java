package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.CreateBulkJob;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.Priority;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class SubmissionRequestsTest {
  private static final Caller CALLER =
      new Caller(new Scope(new BusinessId(1), Environment.TEST), Role.USER, "key-1", "ZW", "USD");
  private static final dev.carillon.v1.SmsContent SMS =
      dev.carillon.v1.SmsContent.newBuilder().setText("hello").setSender("ACME").build();

  @Test
  void fillsInWhatTheCallerDidNotSay() {
    CreateBulkJob.Command command = map(sms().addTo("0771234567"));

    assertThat(command.defaultRegion()).isEqualTo("ZW");
    assertThat(command.priority()).isEqualTo(Priority.NORMAL);
    assertThat(command.duplicates()).isEqualTo(DuplicatePolicy.BY_CONTENT);
    assertThat(command.declaredCount()).isEmpty();
    assertThat(command.entriesField()).isEqualTo("to");
    assertThat(command.content()).isEqualTo(new SmsContent("hello", "ACME"));
    assertThat(command.entries())
        .containsExactly(new CreateBulkJob.Entry("0771234567", "", PersonalContent.EMPTY));
  }

  @Test
  void takesWhatTheCallerSaid() {
    CreateBulkJob.Command command =
        map(
            sms()
                .setRequestId("order-1")
                .setName("spring")
                .setCount(1)
                .setDefaultRegion("MR")
                .setPriority(dev.carillon.v1.Priority.PRIORITY_URGENT)
                .setDuplicatePolicy(dev.carillon.v1.DuplicatePolicy.DUPLICATE_POLICY_KEEP)
                .putLabels("team", "crm")
                .addTo("22223333"));

    assertThat(command.requestId()).isEqualTo("order-1");
    assertThat(command.name()).isEqualTo("spring");
    assertThat(command.declaredCount()).hasValue(1);
    assertThat(command.defaultRegion()).isEqualTo("MR");
    assertThat(command.priority()).isEqualTo(Priority.URGENT);
    assertThat(command.duplicates()).isEqualTo(DuplicatePolicy.KEEP);
    assertThat(command.labels()).isEqualTo(Map.of("team", "crm"));
  }

  @Test
  void keepsAbsentAndEmptyPersonalWordsApart() {
    CreateBulkJob.Command command =
        map(
            sms()
                .addEntries(BulkJobEntry.newBuilder().setTo("a").setClientRef("r-1"))
                .addEntries(
                    BulkJobEntry.newBuilder()
                        .setTo("b")
                        .setContent(dev.carillon.v1.PersonalContent.newBuilder().setText("")))
                .addEntries(
                    BulkJobEntry.newBuilder()
                        .setTo("c")
                        .setContent(
                            dev.carillon.v1.PersonalContent.newBuilder()
                                .setSubject("s")
                                .setHtml("<p>")
                                .addParameters("p"))));

    assertThat(command.entriesField()).isEqualTo("entries");
    assertThat(command.entries())
        .containsExactly(
            new CreateBulkJob.Entry("a", "r-1", PersonalContent.EMPTY),
            new CreateBulkJob.Entry("b", "", PersonalContent.ofText("")),
            new CreateBulkJob.Entry("c", "", new PersonalContent(null, "s", "<p>", List.of("p"))));
  }

  @Test
  void mapsWhatsAppAndEmail() {
    dev.carillon.v1.WhatsAppTemplate template =
        dev.carillon.v1.WhatsAppTemplate.newBuilder()
            .setName("ready")
            .setLanguage("en_US")
            .addParameters("today")
            .build();
    assertThat(
            map(CreateBulkJobRequest.newBuilder()
                    .addTo("a")
                    .setWhatsapp(
                        dev.carillon.v1.WhatsAppContent.newBuilder()
                            .setTemplate(template)
                            .setSender("1")))
                .content())
        .isEqualTo(
            new WhatsAppContent("", new WhatsAppTemplate("ready", "en_US", List.of("today")), "1"));
    assertThat(
            map(CreateBulkJobRequest.newBuilder()
                    .addTo("a")
                    .setWhatsapp(dev.carillon.v1.WhatsAppContent.newBuilder().setText("hi")))
                .content())
        .isEqualTo(new WhatsAppContent("hi", null, ""));
    assertThat(
            map(CreateBulkJobRequest.newBuilder()
                    .addTo("a@example.com")
                    .setEmail(
                        dev.carillon.v1.EmailContent.newBuilder()
                            .setFrom("b@example.com")
                            .setReplyTo("c@example.com")
                            .setSubject("s")
                            .setHtml("<p>")
                            .setText("t")
                            .putHeaders("X-Id", "1")))
                .content())
        .isEqualTo(
            new EmailContent(
                "b@example.com", "c@example.com", "s", "<p>", "t", Map.of("X-Id", "1")));
  }

  @Test
  void refusesTwoListsOfRecipients() {
    assertThat(refused(sms().addTo("a").addEntries(BulkJobEntry.getDefaultInstance())))
        .containsExactly("entries");
  }

  @Test
  void refusesARegionThatDoesNotExist() {
    assertThat(refused(sms().addTo("a").setDefaultRegion("QQ"))).containsExactly("default_region");
  }

  @Test
  void refusesTextsThatNothingCouldStore() {
    assertThat(refused(sms().addTo("a").addTo("b\0"))).containsExactly("to[1]");
    assertThat(
            refused(
                sms()
                    .addEntries(BulkJobEntry.newBuilder().setTo("\0").setClientRef("\0"))
                    .addEntries(
                        BulkJobEntry.newBuilder()
                            .setContent(
                                dev.carillon.v1.PersonalContent.newBuilder().setText("x\0")))
                    .addEntries(
                        BulkJobEntry.newBuilder()
                            .setContent(
                                dev.carillon.v1.PersonalContent.newBuilder().addParameters("\0")))))
        .containsExactly(
            "entries[0].to", "entries[0].client_ref", "entries[1].content", "entries[2].content");
  }

  private static CreateBulkJobRequest.Builder sms() {
    return CreateBulkJobRequest.newBuilder().setSms(SMS);
  }

  private static CreateBulkJob.Command map(CreateBulkJobRequest.Builder request) {
    return SubmissionRequests.command(CALLER, request.build());
  }

  private static List<String> refused(CreateBulkJobRequest.Builder request) {
    DomainException refusal =
        Assertions.catchThrowableOfType(DomainException.class, () -> map(request));
    return ((DomainError.InvalidFields) refusal.error())
        .violations().stream().map(FieldViolation::path).toList();
  }
}
