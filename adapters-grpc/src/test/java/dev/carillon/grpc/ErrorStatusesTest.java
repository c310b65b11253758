package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ErrorStatusesTest {
  /// grpc-java's and grpc-core's default for the headers of an answer.
  private static final int CLIENTS_HEADER_LIMIT = 8_192;

  @Test
  void hasARowForEveryRefusal() {
    Set<Class<?>> tested =
        DomainErrors.rows().map(row -> row.error().getClass()).collect(Collectors.toSet());

    assertThat(tested).containsExactlyInAnyOrder(DomainError.class.getPermittedSubclasses());
  }

  @Test
  void hasARowForEveryKindOfMissingThing() {
    Set<DomainError.NotFound.Kind> tested =
        DomainErrors.rows()
            .map(DomainErrors.Row::error)
            .filter(DomainError.NotFound.class::isInstance)
            .map(error -> ((DomainError.NotFound) error).kind())
            .collect(Collectors.toSet());

    assertThat(tested).containsExactlyInAnyOrder(DomainError.NotFound.Kind.values());
  }

  @ParameterizedTest
  @MethodSource("dev.carillon.grpc.DomainErrors#rows")
  void givesEachRefusalItsCodeReasonAndDetails(DomainErrors.Row row) {
    StatusRuntimeException status = ErrorStatuses.of(row.error(), EntryPaths.ENTRIES);

    assertThat(status.getStatus().getCode()).isEqualTo(row.code());
    ErrorInfo info = Refusals.info(status);
    assertThat(info.getDomain()).isEqualTo("carillon.dev");
    assertThat(info.getReason()).isEqualTo(row.reason());
    row.details().forEach(type -> assertThat(Refusals.detail(status, type)).isNotNull());
    assertThat(Refusals.status(status).getDetailsCount()).isEqualTo(1 + row.details().size());
  }

  @Test
  void tellsWhenToTryAgain() {
    StatusRuntimeException status =
        ErrorStatuses.of(
            new DomainError.StoreUnavailable(Duration.ofMillis(2_500)), EntryPaths.ENTRIES);

    RetryInfo retry = Refusals.detail(status, RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(2);
    assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void tellsWhatTheJobWouldHaveCost() {
    StatusRuntimeException status =
        ErrorStatuses.of(
            new DomainError.NoCredit(new Money("USD", 2_500_000), new Money("USD", -10_000), 98, 2),
            EntryPaths.ENTRIES);

    assertThat(Refusals.info(status).getMetadataMap())
        .containsEntry("required", "2.500000")
        .containsEntry("balance", "-0.010000")
        .containsEntry("currency", "USD")
        .containsEntry("valid", "98")
        .containsEntry("invalid", "2");
  }

  @Test
  void pointsAtTheRejectedEntriesAsTheCallerWroteThem() {
    DomainError error =
        new DomainError.NoValidRecipients(
            List.of(
                new RejectedEntry(0, "12", Reason.INVALID_DESTINATION),
                new RejectedEntry(1, "+263771234567", Reason.CONTENT_TOO_LONG),
                new RejectedEntry(2, "+263771234568", Reason.INVALID_CLIENT_REF)),
            3);

    assertThat(Refusals.paths(ErrorStatuses.of(error, EntryPaths.ENTRIES)))
        .containsExactly("entries[0].to", "entries[1].content", "entries[2].client_ref");
    assertThat(Refusals.paths(ErrorStatuses.of(error, EntryPaths.TO)))
        .containsExactly("to[0]", "to[1]", "to[2]");
    BadRequest.FieldViolation first =
        Refusals.detail(ErrorStatuses.of(error, EntryPaths.TO), BadRequest.class)
            .getFieldViolations(0);
    assertThat(first.getReason()).isEqualTo("INVALID_DESTINATION");
    assertThat(first.getDescription()).contains("\"12\"");
  }

  @Test
  void saysThatThereIsNobodyAtTheFieldThatNamedThem() {
    DomainError nobody = new DomainError.NoValidRecipients(List.of(), 0);

    StatusRuntimeException group = ErrorStatuses.of(nobody, EntryPaths.GROUP);

    assertThat(group.getStatus().getDescription())
        .isEqualTo("group_id: the group has nobody in it");
    assertThat(Refusals.reason(group)).isEqualTo("NO_VALID_RECIPIENTS");
    assertThat(Refusals.paths(group)).containsExactly("group_id");
    assertThat(Refusals.paths(ErrorStatuses.of(nobody, EntryPaths.TAGS)))
        .containsExactly("tag_expression");
    assertThat(Refusals.paths(ErrorStatuses.of(nobody, EntryPaths.UPLOAD)))
        .containsExactly("bulk_id");
  }

  @Test
  void tellsWhatIsToBeDoneAboutTooManyEndpoints() {
    StatusRuntimeException refusal =
        ErrorStatuses.of(new DomainError.TooManyEndpoints(20), EntryPaths.ENTRIES);

    assertThat(refusal.getStatus().getDescription())
        .isEqualTo(
            "there are 20 webhook endpoints already, and no more can be had; delete one first");
  }

  @Test
  void staysSmallEnoughForTheHeadersOfAnyClient() {
    List<RejectedEntry> many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new RejectedEntry(i, "ü".repeat(320), Reason.INVALID_DESTINATION))
            .toList();
    List<FieldViolation> violations =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new FieldViolation("labels[\"" + "k".repeat(9_000) + "\"]", "too long"))
            .toList();

    StatusRuntimeException none =
        ErrorStatuses.of(new DomainError.NoValidRecipients(many, 1_000), EntryPaths.ENTRIES);
    assertThat(headerBytes(none)).isLessThan(CLIENTS_HEADER_LIMIT);
    assertThat(Refusals.info(none).getMetadataMap()).containsEntry("violations", "1000");
    assertThat(Refusals.paths(none)).isNotEmpty();
    assertThat(
            headerBytes(ErrorStatuses.of(new DomainError.InvalidFields(violations), EntryPaths.TO)))
        .isLessThan(CLIENTS_HEADER_LIMIT);
  }

  @Test
  void completesAStatusThatALibraryMade() {
    StatusRuntimeException status =
        CallStatuses.complete(Status.NOT_FOUND.withDescription("no such service"), new Metadata());

    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getStatus().getDescription()).isEqualTo("no such service");
    assertThat(Refusals.reason(status)).isEqualTo("NOT_FOUND");
  }

  @Test
  void leavesACompleteStatusAlone() {
    StatusRuntimeException given = CallStatuses.incident("1");

    StatusRuntimeException status =
        CallStatuses.complete(given.getStatus(), Objects.requireNonNull(given.getTrailers()));

    assertThat(Refusals.status(status)).isEqualTo(Refusals.status(given));
  }

  private static int headerBytes(StatusRuntimeException status) {
    int bytes = Objects.requireNonNull(status.getStatus().getDescription()).length();
    for (byte[] part : InternalMetadata.serialize(Objects.requireNonNull(status.getTrailers()))) {
      bytes += part.length * 4 / 3 + 32;
    }
    return bytes;
  }
}
