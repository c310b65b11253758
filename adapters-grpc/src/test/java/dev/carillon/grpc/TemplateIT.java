package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.rpc.ResourceInfo;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.Channel;
import dev.carillon.v1.ContentSyntax;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.CreateTemplateRequest;
import dev.carillon.v1.DeleteTemplateRequest;
import dev.carillon.v1.EmailAttachment;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.ForcingCharacter;
import dev.carillon.v1.GetTemplateRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListTemplatesRequest;
import dev.carillon.v1.ListTemplatesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.PersonalContent;
import dev.carillon.v1.PreviewTemplateRequest;
import dev.carillon.v1.PreviewTemplateResponse;
import dev.carillon.v1.RejectedEntry;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.SmsEncoding;
import dev.carillon.v1.Template;
import dev.carillon.v1.TemplateReference;
import dev.carillon.v1.TemplateServiceGrpc.TemplateServiceBlockingStub;
import dev.carillon.v1.UpdateTemplateRequest;
import dev.carillon.v1.WhatsAppContent;
import dev.carillon.v1.WhatsAppTemplate;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TemplateIT {
  private static final String UNKNOWN_ID = "0197a1b2-0000-7000-8000-00000000ffff";

  @AutoClose private final House house = House.open();
  private final TemplateServiceBlockingStub templates = house.templates();

  @Test
  void keepsATemplateAndShowsAllOfIt() {
    Template made =
        create(
            sms("welcome", "Dear {{name}} of {{city}}")
                .setDescription("for guests")
                .putDefaultVariables("city", "Harare"));

    assertThat(made.getName()).isEqualTo("welcome");
    assertThat(made.getDescription()).isEqualTo("for guests");
    assertThat(made.getChannel()).isEqualTo(Channel.CHANNEL_SMS);
    assertThat(made.getSms().getText()).isEqualTo("Dear {{name}} of {{city}}");
    assertThat(made.getSms().getSender()).isEqualTo("ACME");
    assertThat(made.getContentSyntax()).isEqualTo(ContentSyntax.CONTENT_SYNTAX_MUSTACHE);
    assertThat(made.getDefaultVariablesMap()).isEqualTo(Map.of("city", "Harare"));
    assertThat(made.getVariablesList()).containsExactly("city", "name");
    assertThat(made.getVersion()).isEqualTo(1);
    assertThat(made.getLatestVersion()).isEqualTo(1);
    assertThat(made.getEtag()).isNotEmpty();
    assertThat(made.getCreatedBy()).isEqualTo("key-1");
    assertThat(made.hasCreateTime()).isTrue();
    assertThat(made.hasUpdateTime()).isTrue();
    assertThat(made.hasVersionCreateTime()).isTrue();
    assertThat(made.getVersionCreatedBy()).isEqualTo("key-1");
    assertThat(get(made.getTemplateId(), 0)).isEqualTo(made);
  }

  @Test
  void keepsWhatsAppAndEmailAsTheyAre() {
    WhatsAppContent whatsApp =
        WhatsAppContent.newBuilder()
            .setTemplate(
                WhatsAppTemplate.newBuilder()
                    .setName("order_ready")
                    .setLanguage("en")
                    .addParameters("{{name}}"))
            .setSender("4477")
            .build();
    EmailContent email =
        EmailContent.newBuilder()
            .setFrom("Shop <shop@example.com>")
            .setReplyTo("help@example.com")
            .setSubject("For {{name}}")
            .setHtml("<p>{{name}}</p>")
            .setText("{{name}}")
            .putHeaders("X-Id", "7")
            .build();

    assertThat(create(Template.newBuilder().setName("w").setWhatsapp(whatsApp)).getWhatsapp())
        .isEqualTo(whatsApp);
    assertThat(create(Template.newBuilder().setName("e").setEmail(email)).getEmail())
        .isEqualTo(email);
  }

  @Test
  void changesByTheMaskOrByWhatIsPopulated() {
    Template one = create(sms("welcome", "one").putDefaultVariables("a", "b"));
    Template populated =
        update(Template.newBuilder().setTemplateId(one.getTemplateId()).setSms(text("two")));
    Template masked =
        update(
            Template.newBuilder().setTemplateId(one.getTemplateId()).setName("hello"),
            "name",
            "default_variables");
    Template all = update(sms("bye", "three").setTemplateId(one.getTemplateId()), "*");

    assertThat(populated.getVersion()).isEqualTo(2);
    assertThat(populated.getName()).isEqualTo("welcome");
    assertThat(populated.getDefaultVariablesMap()).containsKey("a");
    assertThat(masked.getVersion()).isEqualTo(3);
    assertThat(masked.getName()).isEqualTo("hello");
    assertThat(masked.getSms().getText()).isEqualTo("two");
    assertThat(masked.getDefaultVariablesMap()).isEmpty();
    assertThat(all.getVersion()).isEqualTo(4);
    assertThat(all.getDescription()).isEmpty();
    assertThat(get(one.getTemplateId(), 1).getSms().getText()).isEqualTo("one");
    assertThat(get(one.getTemplateId(), 1).getLatestVersion()).isEqualTo(4);
  }

  @Test
  void refusesAChangeByAnOldEtag() {
    Template one = create(sms("welcome", "one"));
    Template.Builder change =
        Template.newBuilder().setTemplateId(one.getTemplateId()).setEtag(one.getEtag());
    update(change.clone().setName("two"));

    StatusRuntimeException refusal = Refusals.of(() -> update(change.clone().setName("three")));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(Refusals.reason(refusal)).isEqualTo("ETAG_MISMATCH");
    assertThat(get(one.getTemplateId(), 0).getName()).isEqualTo("two");
  }

  @Test
  void refusesWhatCannotBeWithItsFieldPaths() {
    Template one = create(sms("welcome", "one"));

    assertThat(paths(() -> create(Template.newBuilder().setName("x"))))
        .containsExactly("template.content");
    assertThat(paths(() -> create(sms("", "{{ bad"))))
        .containsExactly("template.name", "template.sms.text");
    assertThat(paths(() -> create(sms("x", "y").putDefaultVariables("not a name", ""))))
        .containsExactly("template.default_variables[\"not a name\"]");
    assertThat(
            paths(() ->
                create(
                    Template.newBuilder()
                        .setName("x")
                        .setEmail(
                            EmailContent.newBuilder()
                                .setFrom("a@example.com")
                                .setText("hi")
                                .addAttachments(
                                    EmailAttachment.newBuilder().setFileName("a.pdf"))))))
        .containsExactly("template.email.attachments");
    assertThat(paths(() -> update(Template.newBuilder().setName("x"))))
        .containsExactly("template.template_id");
    assertThat(paths(() -> update(one.toBuilder(), "version")))
        .containsExactly("update_mask.paths[0]");
    assertThat(paths(() -> update(one.toBuilder(), "email"))).containsExactly("template.email");
    assertThat(
            paths(() ->
                update(
                    Template.newBuilder()
                        .setTemplateId(one.getTemplateId())
                        .setWhatsapp(WhatsAppContent.newBuilder().setText("hi")))))
        .containsExactly("template.whatsapp");
  }

  @Test
  void refusesANameThatIsTaken() {
    create(sms("welcome", "one"));

    StatusRuntimeException refusal = Refusals.of(() -> create(sms("welcome", "two")));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(refusal)).isEqualTo("TEMPLATE_EXISTS");
  }

  @Test
  void doesAMutationOnceUnderARequestId() {
    CreateTemplateRequest request =
        CreateTemplateRequest.newBuilder()
            .setRequestId("r-1")
            .setTemplate(sms("welcome", "one"))
            .build();
    Template made = templates.createTemplate(request).getTemplate();
    update(made.toBuilder().setName("later"), "name");

    assertThat(templates.createTemplate(request).getTemplate()).isEqualTo(made);
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    templates.createTemplate(
                        request.toBuilder().setTemplate(sms("other", "one")).build()))))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void answersAStrangersIdLikeOneThatDoesNotExist() {
    String id = create(sms("welcome", "one")).getTemplateId();
    TemplateServiceBlockingStub stranger = house.templates(House.STRANGERS_KEY);

    for (String wanted : List.of(id, UNKNOWN_ID, "x")) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> stranger.getTemplate(getRequest(wanted, 0)),
              () ->
                  stranger.updateTemplate(
                      UpdateTemplateRequest.newBuilder()
                          .setTemplate(sms("mine", "x").setTemplateId(wanted))
                          .build()),
              () -> stranger.deleteTemplate(deleteRequest(wanted)),
              () -> stranger.previewTemplate(preview(reference(wanted, 0)).build()))) {
        StatusRuntimeException refusal = Refusals.of(call);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Refusals.reason(refusal)).isEqualTo("TEMPLATE_NOT_FOUND");
        ResourceInfo resource = Refusals.detail(refusal, ResourceInfo.class);
        assertThat(resource.getResourceType()).isEqualTo("carillon.v1.Template");
        assertThat(resource.getResourceName()).isEqualTo(wanted);
      }
    }
    assertThat(stranger.listTemplates(ListTemplatesRequest.getDefaultInstance()).getTotalSize())
        .isZero();
  }

  @Test
  void saysThatItIsTheVersionWhichDoesNotExist() {
    String id = create(sms("welcome", "one")).getTemplateId();

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> get(id, 2),
            () -> templates.previewTemplate(preview(reference(id, 2)).build()),
            () ->
                submit(
                    CreateBulkJobRequest.newBuilder()
                        .addTo("0771000001")
                        .setTemplate(reference(id, 2))))) {
      StatusRuntimeException refusal = Refusals.of(call);
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(refusal.getStatus().getDescription())
          .isEqualTo("this template has no version 2; its latest is 1");
      assertThat(Refusals.reason(refusal)).isEqualTo("TEMPLATE_VERSION_NOT_FOUND");
      assertThat(Refusals.info(refusal).getMetadataMap()).containsEntry("latest", "1");
      assertThat(Refusals.detail(refusal, ResourceInfo.class).getResourceName()).isEqualTo(id);
    }
  }

  @Test
  void listsPageByPageWithoutContent() {
    List<String> made =
        IntStream.range(0, 5)
            .mapToObj(i -> create(sms("t" + i, "text")).getTemplateId())
            .toList()
            .reversed();
    create(
        Template.newBuilder().setName("w").setWhatsapp(WhatsAppContent.newBuilder().setText("hi")));
    ListTemplatesRequest.Builder request =
        ListTemplatesRequest.newBuilder().setPageSize(2).setChannel(Channel.CHANNEL_SMS);

    ListTemplatesResponse first = templates.listTemplates(request.build());
    ListTemplatesResponse second =
        templates.listTemplates(request.setPageToken(first.getNextPageToken()).build());
    ListTemplatesResponse third =
        templates.listTemplates(request.setPageToken(second.getNextPageToken()).build());

    assertThat(ids(first)).isEqualTo(made.subList(0, 2));
    assertThat(ids(second)).isEqualTo(made.subList(2, 4));
    assertThat(ids(third)).isEqualTo(made.subList(4, 5));
    assertThat(third.getNextPageToken()).isEmpty();
    assertThat(first.getTotalSize()).isEqualTo(5);
    assertThat(first.getTemplates(0).hasSms()).isFalse();
    assertThat(first.getTemplates(0).getName()).isEqualTo("t4");
    assertThat(
            paths(() -> templates.listTemplates(request.setChannel(Channel.CHANNEL_EMAIL).build())))
        .containsExactly("page_token");
  }

  @Test
  void deletesATemplateOnceAndForAll() {
    String id = create(sms("welcome", "one")).getTemplateId();
    DeleteTemplateRequest request = deleteRequest(id).toBuilder().setRequestId("d-1").build();
    templates.deleteTemplate(request);
    templates.deleteTemplate(request);

    assertThat(Refusals.reason(Refusals.of(() -> get(id, 1)))).isEqualTo("TEMPLATE_NOT_FOUND");
    assertThat(Refusals.reason(Refusals.of(() -> templates.deleteTemplate(deleteRequest(id)))))
        .isEqualTo("TEMPLATE_NOT_FOUND");
  }

  @Test
  void previewsWhatARecipientWouldGet() {
    Template template = create(sms("welcome", "Dear {{name}} ☃☃ {{city}}"));
    PreviewTemplateResponse filled =
        templates.previewTemplate(
            preview(reference(template.getTemplateId(), 1))
                .putDefaultVariables("city", "Harare")
                .putVariables("name", "Jane")
                .build());
    PreviewTemplateResponse missing =
        templates.previewTemplate(preview(reference(template.getTemplateId(), 0)).build());

    assertThat(filled.getSms().getText()).isEqualTo("Dear Jane ☃☃ Harare");
    assertThat(filled.getReason()).isEmpty();
    assertThat(filled.getEncoding()).isEqualTo(SmsEncoding.SMS_ENCODING_UCS2);
    assertThat(filled.getParts()).isEqualTo(1);
    assertThat(filled.getUnits()).isEqualTo(19);
    assertThat(filled.getUnitsLeft()).isEqualTo(51);
    assertThat(filled.getForcingCharactersList())
        .containsExactly(
            ForcingCharacter.newBuilder()
                .setCharacter("☃")
                .setCount(2)
                .setFirstPosition(10)
                .build());
    assertThat(filled.getPrice().getCurrencyCode()).isEqualTo("USD");
    assertThat(filled.getPrice().getUnits()).isZero();
    assertThat(filled.getTemplate()).isEqualTo(reference(template.getTemplateId(), 1));
    assertThat(missing.getReason()).isEqualTo("MISSING_VARIABLE");
    assertThat(missing.getReasonText()).endsWith(": name");
    assertThat(missing.getMissingVariablesList()).containsExactly("name", "city");
    assertThat(missing.getVariablesList()).containsExactly("city", "name");
    assertThat(missing.hasSms()).isFalse();
    assertThat(missing.getParts()).isZero();
  }

  @Test
  void previewsContentThatIsKeptNowhere() {
    PreviewTemplateResponse plain =
        templates.previewTemplate(
            PreviewTemplateRequest.newBuilder()
                .setSms(text("{{name}}"))
                .setContentSyntax(ContentSyntax.CONTENT_SYNTAX_PLAIN)
                .build());
    PreviewTemplateResponse mail =
        templates.previewTemplate(
            PreviewTemplateRequest.newBuilder()
                .setEmail(
                    EmailContent.newBuilder()
                        .setFrom("a@example.com")
                        .setSubject("{{name}}")
                        .setHtml("<p>{{name}}</p>"))
                .putVariables("name", "<b>")
                .build());

    assertThat(plain.getSms().getText()).isEqualTo("{{name}}");
    assertThat(plain.getVariablesList()).isEmpty();
    assertThat(plain.hasTemplate()).isFalse();
    assertThat(mail.getEmail().getHtml()).isEqualTo("<p>&lt;b></p>");
    assertThat(mail.getEmail().getSubject()).isEqualTo("<b>");
    assertThat(mail.getEncoding()).isEqualTo(SmsEncoding.SMS_ENCODING_UNSPECIFIED);
    assertThat(paths(() -> templates.previewTemplate(PreviewTemplateRequest.getDefaultInstance())))
        .containsExactly("source");
    assertThat(
            paths(() ->
                templates.previewTemplate(
                    preview(reference(UNKNOWN_ID, 0))
                        .setContentSyntax(ContentSyntax.CONTENT_SYNTAX_PLAIN)
                        .build())))
        .containsExactly("content_syntax");
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    templates.previewTemplate(
                        PreviewTemplateRequest.newBuilder()
                            .setSms(text("x"))
                            .setRecipientId(99)
                            .build()))))
        .isEqualTo("RECIPIENT_NOT_FOUND");
  }

  @Test
  void sendsATemplateToEachInTheirOwnWords() {
    Template template = create(sms("welcome", "Dear {{name}}"));
    CreateBulkJobResponse response =
        house
            .jobs()
            .createBulkJob(
                CreateBulkJobRequest.newBuilder()
                    .setTemplate(
                        TemplateReference.newBuilder().setTemplateId(template.getTemplateId()))
                    .addEntries(entry("0771000001", Map.of("name", "Jane")))
                    .addEntries(entry("0771000002", Map.of()))
                    .addEntries(
                        BulkJobEntry.newBuilder()
                            .setTo("0771000003")
                            .setContent(PersonalContent.newBuilder().setText("{{own}}")))
                    .build());
    BulkJob job = response.getBulkJob();

    assertThat(job.getTemplate()).isEqualTo(reference(template.getTemplateId(), 1));
    assertThat(job.getChannel()).isEqualTo(Channel.CHANNEL_SMS);
    assertThat(job.getCounters().getAccepted()).isEqualTo(2);
    RejectedEntry rejected = response.getRejectedEntries(0);
    assertThat(rejected.getPath()).isEqualTo("entries[1].content");
    assertThat(rejected.getReason()).isEqualTo("MISSING_VARIABLE");
    assertThat(rejected.getDescription()).endsWith(": name");
    Message message =
        house
            .messages()
            .listMessages(ListMessagesRequest.newBuilder().setBulkId(job.getBulkId()).build())
            .getMessages(1);
    assertThat(message.getReason()).isEqualTo("MISSING_VARIABLE");
    assertThat(message.getReasonText()).endsWith(": name");
    LeasedChunk chunk = house.handOver(job.getBulkId(), 5);
    assertThat(chunk.messages())
        .extracting(stored -> stored.own().variables().get("name"))
        .containsExactly("Jane", null);
  }

  @Test
  void refusesSubmissionsWhoseWordsCannotBe() {
    CreateBulkJobRequest.Builder request = CreateBulkJobRequest.newBuilder().addTo("0771000001");

    assertThat(paths(() -> submit(request.clone().setSms(text("{{ bad")))))
        .containsExactly("sms.text");
    assertThat(
            paths(() ->
                submit(
                    request
                        .clone()
                        .setTemplate(reference(UNKNOWN_ID, 0))
                        .setContentSyntax(ContentSyntax.CONTENT_SYNTAX_MUSTACHE))))
        .containsExactly("content_syntax");
    assertThat(
            Refusals.reason(
                Refusals.of(() -> submit(request.clone().setTemplate(reference(UNKNOWN_ID, 0))))))
        .isEqualTo("TEMPLATE_NOT_FOUND");
    assertThat(
            paths(() ->
                submit(
                    request
                        .clone()
                        .setEmail(
                            EmailContent.newBuilder()
                                .setFrom("a@example.com")
                                .setText("hi")
                                .addAttachments(EmailAttachment.getDefaultInstance())))))
        .containsExactly("email.attachments");
    StatusRuntimeException none =
        Refusals.of(() -> submit(request.clone().setSms(text("{{name}}"))));
    assertThat(Refusals.reason(none)).isEqualTo("NO_VALID_RECIPIENTS");
    assertThat(Refusals.paths(none)).containsExactly("to[0]");
    assertThat(
            submit(
                    request
                        .clone()
                        .setSms(text("{{name}} {{"))
                        .setContentSyntax(ContentSyntax.CONTENT_SYNTAX_PLAIN))
                .getBulkJob()
                .hasTemplate())
        .isFalse();
  }

  private CreateBulkJobResponse submit(CreateBulkJobRequest.Builder request) {
    return house.jobs().createBulkJob(request.build());
  }

  private Template create(Template.Builder template) {
    return templates
        .createTemplate(CreateTemplateRequest.newBuilder().setTemplate(template).build())
        .getTemplate();
  }

  private Template update(Template.Builder template, String... paths) {
    UpdateTemplateRequest.Builder request =
        UpdateTemplateRequest.newBuilder().setTemplate(template);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return templates.updateTemplate(request.build()).getTemplate();
  }

  private Template get(String id, int version) {
    return templates.getTemplate(getRequest(id, version)).getTemplate();
  }

  private static GetTemplateRequest getRequest(String id, int version) {
    return GetTemplateRequest.newBuilder().setTemplateId(id).setVersion(version).build();
  }

  private static DeleteTemplateRequest deleteRequest(String id) {
    return DeleteTemplateRequest.newBuilder().setTemplateId(id).build();
  }

  private static PreviewTemplateRequest.Builder preview(TemplateReference template) {
    return PreviewTemplateRequest.newBuilder().setTemplate(template);
  }

  private static TemplateReference reference(String id, int version) {
    return TemplateReference.newBuilder().setTemplateId(id).setVersion(version).build();
  }

  private static BulkJobEntry entry(String to, Map<String, String> variables) {
    return BulkJobEntry.newBuilder()
        .setTo(to)
        .setContent(PersonalContent.newBuilder().putAllVariables(variables))
        .build();
  }

  private static Template.Builder sms(String name, String text) {
    return Template.newBuilder().setName(name).setSms(text(text));
  }

  private static SmsContent text(String text) {
    return SmsContent.newBuilder().setText(text).setSender("ACME").build();
  }

  private static List<String> ids(ListTemplatesResponse page) {
    return page.getTemplatesList().stream().map(Template::getTemplateId).toList();
  }

  private static List<String> paths(ThrowingCallable call) {
    return Refusals.paths(Refusals.of(call));
  }
}
