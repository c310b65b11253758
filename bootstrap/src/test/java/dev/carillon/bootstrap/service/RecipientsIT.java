package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.CreateRecipientRequest;
import dev.carillon.v1.DeleteRecipientRequest;
import dev.carillon.v1.Erasure;
import dev.carillon.v1.GetErasureRequest;
import dev.carillon.v1.GetRecipientImportRequest;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientImport;
import dev.carillon.v1.RecipientServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stored recipients through the whole service: wiring, validation, PostgreSQL.
class RecipientsIT {
  private static final Recipient JANE =
      Recipient.newBuilder()
          .setFirstName("Jane")
          .setLastName("Smith")
          .setSmsPhone("0771234567")
          .addTags("vip")
          .build();

  private final RunningCarillon carillon =
      RunningCarillon.with(Map.of("CARILLON_RECIPIENTS_ADDRESSES", "unique"));

  @AfterEach
  void close() {
    carillon.close();
  }

  @Test
  void keepsRecipientsAsTheConfigurationSays() {
    Recipient created = create(JANE);

    StatusRuntimeException taken =
        Assertions.catchThrowableOfType(StatusRuntimeException.class, () -> create(JANE));

    assertThat(created.getSmsPhone()).isEqualTo("+263771234567");
    assertThat(taken.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(total(ListRecipientsRequest.newBuilder().addTags("vip"))).isEqualTo(1);
    assertThat(erased(created).getDone()).isTrue();
    assertThat(total(ListRecipientsRequest.newBuilder())).isZero();
  }

  @Test
  void importsAStreamOfChunks() throws Exception {
    CompletableFuture<RecipientImport> answer = new CompletableFuture<>();
    StreamObserver<ImportRecipientsRequest> chunks =
        RecipientServiceGrpc.newStub(carillon.client().channel())
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential()))
            .importRecipients(new Answer<>(answer, response -> response.getRecipientImport()));
    for (int chunk = 0; chunk < 5; chunk++) {
      chunks.onNext(chunk(chunk, 1_000));
    }
    chunks.onCompleted();

    RecipientImport standing = answer.get(60, TimeUnit.SECONDS);

    assertThat(standing.getCreatedCount()).isEqualTo(4_950);
    assertThat(standing.getRefusedCount()).isEqualTo(50);
    assertThat(standing.getNextSequence()).isEqualTo(6);
    assertThat(
            recipients()
                .getRecipientImport(
                    GetRecipientImportRequest.newBuilder().setImportId("march").build())
                .getRecipientImport())
        .isEqualTo(standing);
    assertThat(total(ListRecipientsRequest.newBuilder())).isEqualTo(4_950);
  }

  private static ImportRecipientsRequest chunk(int number, int rows) {
    ImportRecipientsRequest.Builder chunk =
        ImportRecipientsRequest.newBuilder().setImportId("march").setSequence(number + 1);
    IntStream.range(number * rows, (number + 1) * rows)
        .forEach(i ->
            chunk
                .addRecipientsBuilder()
                .setFirstName("Jane")
                .setLastName("Smith")
                .setReference("crm-" + i)
                .setSmsPhone(
                    i % 100 == 7 ? "12" : String.format(Locale.ROOT, "077%07d", 1_000_000 + i)));
    return chunk.build();
  }

  private Erasure erased(Recipient recipient) {
    Erasure erasure =
        recipients()
            .deleteRecipient(DeleteRecipientRequest.newBuilder().setId(recipient.getId()).build())
            .getErasure();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!erasure.getDone() && System.nanoTime() < end) {
      Thread.onSpinWait();
      erasure =
          recipients()
              .getErasure(GetErasureRequest.newBuilder().setId(erasure.getId()).build())
              .getErasure();
    }
    return erasure;
  }

  private Recipient create(Recipient recipient) {
    return recipients()
        .createRecipient(CreateRecipientRequest.newBuilder().setRecipient(recipient).build())
        .getRecipient();
  }

  private long total(ListRecipientsRequest.Builder request) {
    return recipients().listRecipients(request.build()).getTotalSize();
  }

  private RecipientServiceGrpc.RecipientServiceBlockingStub recipients() {
    return RecipientServiceGrpc.newBlockingStub(carillon.client().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential()))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  /// Passes on what a response says.
  private record Answer<R, T>(CompletableFuture<T> to, Function<R, T> saying)
      implements StreamObserver<R> {
    @Override
    public void onNext(R response) {
      to.complete(saying.apply(response));
    }

    @Override
    public void onError(Throwable failure) {
      to.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
