package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.Audience;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.RequestedContent;
import dev.carillon.application.port.Audiences.Selection;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentSyntax;
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
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.TemplateReference;
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
    assertThat(listed(command).field()).isEqualTo("to");
    assertThat(command.content()).isEqualTo(given(new SmsContent("hello", "ACME")));
    assertThat(listed(command).entries())
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

    assertThat(listed(command).field()).isEqualTo("entries");
    assertThat(listed(command).entries())
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
            given(
                new WhatsAppContent(
                    "", new WhatsAppTemplate("ready", "en_US", List.of("today")), "1")));
    assertThat(
            map(CreateBulkJobRequest.newBuilder()
                    .addTo("a")
                    .setWhatsapp(dev.carillon.v1.WhatsAppContent.newBuilder().setText("hi")))
                .content())
        .isEqualTo(given(new WhatsAppContent("hi", null, "")));
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
            given(
                new EmailContent(
                    "b@example.com", "c@example.com", "s", "<p>", "t", Map.of("X-Id", "1"))));
  }

  @Test
  void mapsHowContentIsWrittenAndFilled() {
    assertThat(
            map(sms()
                    .addTo("a")
                    .setContentSyntax(dev.carillon.v1.ContentSyntax.CONTENT_SYNTAX_PLAIN)
                    .putDefaultVariables("city", "Harare"))
                .content())
        .isEqualTo(
            new RequestedContent.Given(
                new SmsContent("hello", "ACME"),
                new Composition(ContentSyntax.PLAIN, Map.of("city", "Harare"))));
    assertThat(
            map(CreateBulkJobRequest.newBuilder()
                    .addTo("a")
                    .setTemplate(TemplateReference.newBuilder().setTemplateId("t-1").setVersion(3))
                    .putDefaultVariables("city", "Harare"))
                .content())
        .isEqualTo(new RequestedContent.OfTemplate("t-1", 3, Map.of("city", "Harare")));
    assertThat(
            listed(
                    map(
                        sms()
                            .addEntries(
                                BulkJobEntry.newBuilder()
                                    .setTo("a")
                                    .setContent(
                                        dev.carillon.v1.PersonalContent.newBuilder()
                                            .putVariables("name", "Jane")))))
                .entries())
        .containsExactly(
            new CreateBulkJob.Entry("a", "", PersonalContent.ofVariables(Map.of("name", "Jane"))));
  }

  @Test
  void refusesAttachmentsAndASyntaxForATemplate() {
    assertThat(
            refused(
                CreateBulkJobRequest.newBuilder()
                    .addTo("a")
                    .setEmail(
                        dev.carillon.v1.EmailContent.newBuilder()
                            .addAttachments(dev.carillon.v1.EmailAttachment.getDefaultInstance()))))
        .containsExactly("email.attachments");
    assertThat(
            refused(
                CreateBulkJobRequest.newBuilder()
                    .addTo("a")
                    .setTemplate(TemplateReference.newBuilder().setTemplateId("t-1"))
                    .setContentSyntax(dev.carillon.v1.ContentSyntax.CONTENT_SYNTAX_PLAIN)))
        .containsExactly("content_syntax");
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

  @Test
  void takesStoredRecipientsByIdsByGroupAndByTags() {
    assertThat(map(sms().addRecipientIds(7).addRecipientIds(3)).audience())
        .isEqualTo(
            new Audience.Stored(
                new Selection.Ids(List.of(new RecipientId(7), new RecipientId(3)))));
    assertThat(map(sms().setGroupId("g-1").setExcludeGroupId("g-2")))
        .extracting(CreateBulkJob.Command::audience, CreateBulkJob.Command::excludedGroup)
        .containsExactly(new Audience.Stored(new Selection.Group("g-1")), "g-2");
    assertThat(map(sms().setTagExpression("vip AND NOT trial")).audience())
        .isEqualTo(new Audience.Stored(new Selection.Tags(TagExpression.of("vip AND NOT trial"))));
  }

  @Test
  void refusesTwoAudiencesAndTagsThatCannotBeRead() {
    assertThat(refused(sms().addTo("a").addEntries(BulkJobEntry.getDefaultInstance())))
        .containsExactly("entries");
    assertThat(refused(sms().addRecipientIds(1).setGroupId("g").setTagExpression("vip")))
        .containsExactly("group_id", "tag_expression");
    assertThat(refused(sms().setTagExpression("vip AND"))).containsExactly("tag_expression");
  }

  private static RequestedContent given(Content content) {
    return new RequestedContent.Given(content, new Composition(ContentSyntax.MUSTACHE, Map.of()));
  }

  private static Audience.Listed listed(CreateBulkJob.Command command) {
    return (Audience.Listed) command.audience();
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
