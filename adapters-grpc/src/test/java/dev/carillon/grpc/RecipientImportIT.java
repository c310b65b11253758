package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.carillon.application.fixture.Await;
import dev.carillon.v1.GetRecipientImportRequest;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.ImportRecipientsResponse;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.ListRefusedRowsRequest;
import dev.carillon.v1.ListRefusedRowsResponse;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientImport;
import dev.carillon.v1.RecipientMatch;
import dev.carillon.v1.RecipientServiceGrpc.RecipientServiceBlockingStub;
import dev.carillon.v1.RefusedRow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecipientImportIT {
  private static final String NAME = "march-2026";

  private House house = House.open();
  private final RecipientServiceBlockingStub recipients = house.recipients();

  @AfterEach
  void close() throws InterruptedException {
    house.close();
  }

  @Test
  void storesAllChunksAndReportsEveryRowThatWasLeftOut() {
    ImportRecipientsResponse first =
        Importer.of(house)
            .send(chunk(1, 0, 100).setImportId(NAME))
            .send(
                chunk(2, 100, 100)
                    .setRecipients(7, row(107).setSmsPhone("12"))
                    .setRecipients(9, row(109).clearReference().setLastName("")))
            .send(chunk(3, 200, 50))
            .complete();

    RecipientImport standing = first.getRecipientImport();
    assertThat(standing.getImportId()).isEqualTo(NAME);
    assertThat(standing.getMatchBy()).isEqualTo(RecipientMatch.RECIPIENT_MATCH_REFERENCE);
    assertThat(standing.getNextSequence()).isEqualTo(4);
    assertThat(standing.getTotalCount()).isEqualTo(250);
    assertThat(standing.getCreatedCount()).isEqualTo(248);
    assertThat(standing.getRefusedCount()).isEqualTo(2);
    assertThat(first.getRefusedRowsList()).hasSize(2);
    RefusedRow bad = first.getRefusedRows(0);
    assertThat(bad.getRow()).isEqualTo(107);
    assertThat(bad.getSequence()).isEqualTo(2);
    assertThat(bad.getIndex()).isEqualTo(7);
    assertThat(bad.getFields(0).getPath()).isEqualTo("recipients[7].sms_phone");
    assertThat(first.getRefusedRows(1).getFields(0).getPath()).isEqualTo("recipients[9].reference");
    assertThat(first.toString()).doesNotContain("\"12\"");
    assertThat(total()).isEqualTo(248);
    assertThat(standing()).isEqualTo(standing);
  }

  @Test
  void changesNothingWhenTheSameIsImportedAgain() {
    Importer.of(house).send(chunk(1, 0, 200).setImportId(NAME)).complete();
    List<Recipient> before = all();

    ImportRecipientsResponse again =
        Importer.of(house)
            .send(chunk(1, 0, 120).setImportId("other"))
            .send(chunk(2, 120, 80).setImportId("other"))
            .complete();

    assertThat(again.getRecipientImport().getUnchangedCount()).isEqualTo(200);
    assertThat(again.getRecipientImport().getTotalCount()).isEqualTo(200);
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void goesOnWhereItStoodAfterTheCallerWasCutOff() {
    Importer cut =
        Importer.of(house).send(chunk(1, 0, 50).setImportId(NAME)).send(chunk(2, 50, 50));
    Await.until("two chunks", () -> total() == 100);
    cut.cut();

    RecipientImport stood = standing();
    assertThat(stood.getNextSequence()).isEqualTo(3);
    ImportRecipientsResponse rest =
        Importer.of(house)
            .send(chunk(2, 50, 50).setImportId(NAME))
            .send(chunk(3, 100, 50))
            .complete();

    assertThat(rest.getRecipientImport().getCreatedCount()).isEqualTo(150);
    assertThat(rest.getRecipientImport().getTotalCount()).isEqualTo(150);
    assertThat(total()).isEqualTo(150);
  }

  @Test
  void refusesAGapAndKeepsWhatCameBefore() {
    StatusRuntimeException refusal =
        Importer.of(house).send(chunk(1, 0, 10).setImportId(NAME)).send(chunk(3, 10, 10)).refusal();

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(refusal)).isEqualTo("SEQUENCE_GAP");
    assertThat(Refusals.info(refusal).getMetadataOrThrow("expected")).isEqualTo("2");
    assertThat(total()).isEqualTo(10);
    assertThat(standing().getNextSequence()).isEqualTo(2);
  }

  @Test
  void refusesStreamsThatCannotBe() {
    assertThat(Refusals.paths(Importer.of(house).send(chunk(1, 0, 1)).refusal()))
        .containsExactly("import_id");
    assertThat(Refusals.paths(Importer.of(house).refusalAtTheEnd())).containsExactly("import_id");
    assertThat(Refusals.paths(Importer.of(house).send(chunk(0, 0, 1).setImportId(NAME)).refusal()))
        .containsExactly("sequence");
    assertThat(
            Refusals.paths(
                Importer.of(house)
                    .send(chunk(1, 0, 1).setImportId(NAME))
                    .send(chunk(2, 1, 1).setImportId("another"))
                    .refusal()))
        .containsExactly("import_id");
    assertThat(
            Refusals.paths(
                Importer.of(house)
                    .send(
                        chunk(1, 0, 1)
                            .setImportId("masked")
                            .setUpdateMask(FieldMask.newBuilder().addPaths("id")))
                    .refusal()))
        .containsExactly("update_mask.paths[0]");
    assertThat(
            Refusals.paths(
                Importer.of(house)
                    .send(
                        chunk(2, 1, 1)
                            .setImportId(NAME)
                            .setMatchBy(RecipientMatch.RECIPIENT_MATCH_EMAIL))
                    .refusal()))
        .containsExactly("match_by");
    assertThat(total()).isEqualTo(1);
  }

  @Test
  void refusesAChunkWithTooManyRowsBeforeItIsUnpacked() {
    ImportRecipientsRequest.Builder large =
        chunk(1, 10_001, _ -> Recipient.newBuilder()).setImportId(NAME);

    StatusRuntimeException refusal = Importer.of(house).send(large).refusal();

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Refusals.paths(refusal)).containsExactly("recipients");
    assertThat(total()).isZero();
  }

  @Test
  void listsAllRowsThatWereLeftOutPageByPage() {
    ImportRecipientsResponse response =
        Importer.of(house)
            .send(chunk(1, 1_200, i -> row(i).clearSmsPhone()).setImportId(NAME))
            .complete();
    assertThat(response.getRefusedRowsCount()).isEqualTo(1_000);
    assertThat(response.getRecipientImport().getRefusedCount()).isEqualTo(1_200);

    List<RefusedRow> all = new ArrayList<>();
    ListRefusedRowsRequest.Builder request =
        ListRefusedRowsRequest.newBuilder().setImportId(NAME).setPageSize(500);
    ListRefusedRowsResponse page;
    do {
      page = recipients.listRefusedRows(request.build());
      assertThat(page.getTotalSize()).isEqualTo(1_200);
      all.addAll(page.getRefusedRowsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());

    assertThat(all)
        .extracting(RefusedRow::getRow)
        .isEqualTo(IntStream.range(0, 1_200).mapToObj(i -> (long) i).toList());
    assertThat(all.subList(0, 1_000)).isEqualTo(response.getRefusedRowsList());
  }

  @Test
  void answersAStrangersImportAsOneThatDoesNotExist() {
    Importer.of(house).send(chunk(1, 0, 1).setImportId(NAME)).complete();
    RecipientServiceBlockingStub stranger = house.recipients(House.STRANGERS_KEY);

    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    stranger.getRecipientImport(
                        GetRecipientImportRequest.newBuilder().setImportId(NAME).build()))))
        .isEqualTo("RECIPIENT_IMPORT_NOT_FOUND");
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    stranger.listRefusedRows(
                        ListRefusedRowsRequest.newBuilder().setImportId(NAME).build()))))
        .isEqualTo("RECIPIENT_IMPORT_NOT_FOUND");
  }

  @Test
  void givesThePlaceOfASilentCallerToTheNext() throws InterruptedException {
    GrpcConfig.Load load = GrpcConfig.Load.DEFAULTS;
    house.close();
    house =
        House.open(
            House.config(
                new GrpcConfig.Load(
                    load.unaryCalls(),
                    load.unaryWait(),
                    load.submissions(),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    1)));
    Importer silent = Importer.of(house).send(chunk(1, 0, 1).setImportId(NAME));
    Importer next = Importer.of(house).send(chunk(1, 0, 1).setImportId("next"));

    assertThat(next.complete().getRecipientImport().getTotalCount()).isEqualTo(1);
    assertThat(Refusals.reason(silent.refusal())).isEqualTo("REQUEST_TOO_SLOW");
  }

  @Test
  void sendsImportsToAnotherNodeWhenThisOneStops() throws InterruptedException {
    Importer open = Importer.of(house).send(chunk(1, 0, 10).setImportId(NAME));
    Await.until("a chunk", () -> total() == 10);

    house.server.stop(Duration.ofSeconds(5));

    assertThat(Refusals.reason(open.refusal())).isEqualTo("SERVICE_DRAINING");
    assertThat(house.store.imports().find(House.CALLER.scope(), NAME).orElseThrow().nextSequence())
        .isEqualTo(2);
  }

  private RecipientImport standing() {
    return recipients
        .getRecipientImport(GetRecipientImportRequest.newBuilder().setImportId(NAME).build())
        .getRecipientImport();
  }

  private long total() {
    return recipients.listRecipients(ListRecipientsRequest.getDefaultInstance()).getTotalSize();
  }

  private List<Recipient> all() {
    return recipients
        .listRecipients(ListRecipientsRequest.newBuilder().setPageSize(1_000).build())
        .getRecipientsList();
  }

  private static ImportRecipientsRequest.Builder chunk(long sequence, int first, int count) {
    return chunk(sequence, count, i -> row(first + i));
  }

  private static ImportRecipientsRequest.Builder chunk(
      long sequence, int count, IntFunction<Recipient.Builder> row) {
    ImportRecipientsRequest.Builder chunk =
        ImportRecipientsRequest.newBuilder().setSequence(sequence);
    IntStream.range(0, count).forEach(i -> chunk.addRecipients(row.apply(i)));
    return chunk;
  }

  private static Recipient.Builder row(int i) {
    return Recipient.newBuilder()
        .setFirstName("Jane")
        .setLastName("Smith " + i)
        .setSmsPhone(String.format(Locale.ROOT, "077%07d", i))
        .setReference("crm-" + i)
        .addTags("march");
  }
}
