package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.ContentSyntax;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateTemplateRequest;
import dev.carillon.v1.DeleteTemplateRequest;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.PersonalContent;
import dev.carillon.v1.PreviewTemplateRequest;
import dev.carillon.v1.PreviewTemplateResponse;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.Template;
import dev.carillon.v1.TemplateReference;
import dev.carillon.v1.TemplateServiceGrpc;
import dev.carillon.v1.TemplateServiceGrpc.TemplateServiceBlockingStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes out of a template is what would go out if somebody had written it by hand: the carrier
/// notes a hash of who was told what.
@Timeout(180)
class PersonalisationIT {
  private static final String DEAR =
      "Dear {{first_name}}{{#city}} of {{city}}{{/city}}, your order {{order.id}} is ready.";

  @TempDir private static Path directory;

  private static RunningCarillon carillon;

  @BeforeAll
  static void start() {
    carillon = RunningCarillon.with(Map.of("CARILLON_SIMULATED_LOG_FILE", log().toString()));
  }

  @AfterAll
  static void stop() {
    carillon.close();
  }

  @Test
  void everybodyGetsTheirOwnWordsOfATemplate() throws IOException {
    Template template =
        templates()
            .createTemplate(
                CreateTemplateRequest.newBuilder()
                    .setTemplate(
                        Template.newBuilder()
                            .setName("order ready")
                            .setSms(SmsContent.newBuilder().setText(DEAR))
                            .putDefaultVariables("first_name", "customer"))
                    .build())
            .getTemplate();
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setTemplate(TemplateReference.newBuilder().setTemplateId(template.getTemplateId()))
            .addEntries(entry(1, Map.of("first_name", "Jane", "city", "Harare", "order.id", "A-1")))
            .addEntries(entry(2, Map.of("first_name", "{{order.id}}", "order.id", "<2>")))
            .addEntries(entry(3, Map.of("order.id", "A-3", "city", "")))
            .addEntries(entry(4, Map.of("first_name", "Joe")));

    BulkJob job = carillon.client().create(request);
    templates()
        .deleteTemplate(
            DeleteTemplateRequest.newBuilder().setTemplateId(template.getTemplateId()).build());

    assertThat(job.getTemplate().getVersion()).isEqualTo(1);
    assertThat(job.getCounters().getAccepted()).isEqualTo(3);
    assertThat(carillon.client().allMessages(job.getBulkId()).get(3))
        .satisfies(message -> assertThat(message.getReason()).isEqualTo("MISSING_VARIABLE"))
        .satisfies(message -> assertThat(message.getReasonText()).endsWith(": order.id"));
    assertThat(handedOver(job))
        .isEqualTo(
            handedOver(
                carillon
                    .client()
                    .create(
                        CreateBulkJobRequest.newBuilder()
                            .setSms(SmsContent.getDefaultInstance())
                            .addEntries(written(1, "Dear Jane of Harare, your order A-1 is ready."))
                            .addEntries(written(2, "Dear {{order.id}}, your order <2> is ready."))
                            .addEntries(written(3, "Dear customer, your order A-3 is ready.")))));
  }

  @Test
  void mailsAreEscapedInHtmlAlone() throws IOException {
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setEmail(
                EmailContent.newBuilder()
                    .setFrom("shop@example.com")
                    .setSubject("For {{name}}")
                    .setHtml("<p>{{name}}</p>")
                    .setText("{{name}}"))
            .addEntries(
                BulkJobEntry.newBuilder()
                    .setTo("jane@example.com")
                    .setContent(PersonalContent.newBuilder().putVariables("name", "Jane & <Joe>")));
    EmailContent.Builder byHand =
        EmailContent.newBuilder()
            .setFrom("shop@example.com")
            .setSubject("For Jane & <Joe>")
            .setHtml("<p>Jane &amp; &lt;Joe&gt;</p>")
            .setText("Jane & <Joe>");

    assertThat(handedOver(carillon.client().create(request)))
        .isEqualTo(
            handedOver(
                carillon
                    .client()
                    .create(
                        CreateBulkJobRequest.newBuilder()
                            .setEmail(byHand)
                            .setContentSyntax(ContentSyntax.CONTENT_SYNTAX_PLAIN)
                            .addTo("jane@example.com"))));
  }

  @Test
  void aPreviewShowsWhatWouldGoOut() {
    PreviewTemplateResponse preview =
        templates()
            .previewTemplate(
                PreviewTemplateRequest.newBuilder()
                    .setSms(SmsContent.newBuilder().setText(DEAR))
                    .putVariables("first_name", "Jane")
                    .build());
    PreviewTemplateResponse complete =
        templates()
            .previewTemplate(
                PreviewTemplateRequest.newBuilder()
                    .setSms(SmsContent.newBuilder().setText(DEAR))
                    .putVariables("first_name", "Jane")
                    .putDefaultVariables("order.id", "A-1")
                    .build());

    assertThat(preview.getMissingVariablesList()).containsExactly("order.id");
    assertThat(preview.getVariablesList()).containsExactly("city", "first_name", "order.id");
    assertThat(complete.getSms().getText()).isEqualTo("Dear Jane, your order A-1 is ready.");
    assertThat(complete.getParts()).isEqualTo(1);
  }

  /// The hash of what each recipient of a job was told, in the order of their positions.
  private static List<String> handedOver(BulkJob created) throws IOException {
    BulkJob job = carillon.client().pollJob(created.getBulkId(), BulkJob::getDone);
    SortedMap<Long, SortedMap<Integer, String>> jobs = new TreeMap<>();
    for (String line : Files.readAllLines(log())) {
      String[] fields = line.split(" ", -1);
      String[] reference = fields[1].split("\\.", -1);
      jobs.computeIfAbsent(Long.valueOf(reference[0]), _ -> new TreeMap<>())
          .put(Integer.valueOf(reference[2]), fields[3]);
    }
    // The job that was made last: tests of this class run one after the other.
    List<String> hashes = List.copyOf(jobs.lastEntry().getValue().values());
    assertThat(hashes).hasSize((int) job.getCounters().getAccepted());
    return hashes;
  }

  private static BulkJobEntry entry(int number, Map<String, String> variables) {
    return BulkJobEntry.newBuilder()
        .setTo("+26377123450" + number)
        .setContent(PersonalContent.newBuilder().putAllVariables(variables))
        .build();
  }

  private static BulkJobEntry written(int number, String text) {
    return BulkJobEntry.newBuilder()
        .setTo("+26377123450" + number)
        .setContent(PersonalContent.newBuilder().setText(text))
        .build();
  }

  private static TemplateServiceBlockingStub templates() {
    return TemplateServiceGrpc.newBlockingStub(carillon.client().channel())
        .withInterceptors(
            MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential()));
  }

  private static Path log() {
    return directory.resolve("handed-over.log");
  }
}
