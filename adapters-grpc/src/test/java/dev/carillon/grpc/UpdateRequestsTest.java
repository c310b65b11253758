package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.carillon.application.UpdateBulkJob;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.SendWindow;
import dev.carillon.v1.UpdateBulkJobRequest;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class UpdateRequestsTest {
  private static final SendWindow WINDOW =
      SendWindow.newBuilder().setFallbackTimeZone("Africa/Harare").build();

  @Test
  void meansWhatIsPopulatedWhereThereIsNoMask() {
    UpdateBulkJob.Changes nothing = map(job()).changes();
    UpdateBulkJob.Changes rate = map(job().setRatePerSecond(5)).changes();
    UpdateBulkJob.Changes all =
        map(job().setName("x").setRatePerSecond(5).setSendWindow(WINDOW)).changes();

    assertThat(nothing.name()).isNull();
    assertThat(nothing.ratePerSecond()).isEmpty();
    assertThat(nothing.window()).isNull();
    assertThat(rate.name()).isNull();
    assertThat(rate.ratePerSecond()).hasValue(5);
    assertThat(all.name()).isEqualTo("x");
    assertThat(Objects.requireNonNull(Objects.requireNonNull(all.window()).to()).fallback().getId())
        .isEqualTo("Africa/Harare");
  }

  @Test
  void ignoresWhatCannotBeChangedWhereThereIsNoMask() {
    UpdateBulkJob.Command command =
        map(job().setStatus(BulkJobStatus.BULK_JOB_STATUS_COMPLETED).setName("x"));

    assertThat(command.changes().name()).isEqualTo("x");
    assertThat(command.changes().ratePerSecond()).isEmpty();
  }

  @Test
  void meansOnlyWhatTheMaskNames() {
    UpdateBulkJob.Changes changes =
        map(job().setName("x").setRatePerSecond(5).setSendWindow(WINDOW), "name").changes();

    assertThat(changes.name()).isEqualTo("x");
    assertThat(changes.ratePerSecond()).isEmpty();
    assertThat(changes.window()).isNull();
  }

  @Test
  void resetsWhatTheMaskNamesAndIsNotPopulated() {
    UpdateBulkJob.Changes changes = map(job(), "rate_per_second", "send_window").changes();

    assertThat(changes.ratePerSecond()).hasValue(0);
    assertThat(Objects.requireNonNull(changes.window()).to()).isNull();
    assertThat(changes.name()).isNull();
  }

  @Test
  void meansEverythingByAStar() {
    UpdateBulkJob.Changes changes = map(job().setName("x"), "*").changes();

    assertThat(changes.name()).isEqualTo("x");
    assertThat(changes.ratePerSecond()).hasValue(0);
    assertThat(Objects.requireNonNull(changes.window()).to()).isNull();
  }

  @Test
  void changesNothingByAnEmptyMask() {
    assertThat(map(job().setName("x"), new String[0]).changes().name()).isNull();
  }

  @Test
  void refusesPathsThatMayNotBeChangedAndNamesThem() {
    assertThat(refused(job().setName("x"), "name", "status", "send_window.from", "nonsense"))
        .containsExactly("update_mask.paths[1]", "update_mask.paths[2]", "update_mask.paths[3]");
  }

  @Test
  void refusesAWindowThatCannotBeAndAJobWithoutAnId() {
    assertThat(
            refused(
                BulkJob.newBuilder().setSendWindow(WINDOW.toBuilder().setFallbackTimeZone("x")),
                "send_window"))
        .containsExactly("bulk_job.bulk_id", "bulk_job.send_window.fallback_time_zone");
  }

  private static BulkJob.Builder job() {
    return BulkJob.newBuilder().setBulkId("0197a1b2-0000-7000-8000-00000000ffff");
  }

  private static UpdateBulkJob.Command map(BulkJob.Builder job) {
    return UpdateRequests.command(
        House.CALLER, UpdateBulkJobRequest.newBuilder().setBulkJob(job).build());
  }

  private static UpdateBulkJob.Command map(BulkJob.Builder job, String... paths) {
    return UpdateRequests.command(
        House.CALLER,
        UpdateBulkJobRequest.newBuilder()
            .setBulkJob(job)
            .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
            .build());
  }

  private static List<String> refused(BulkJob.Builder job, String... paths) {
    DomainException refusal =
        Assertions.catchThrowableOfType(DomainException.class, () -> map(job, paths));
    return ((DomainError.InvalidFields) refusal.error())
        .violations().stream().map(violation -> violation.path()).toList();
  }
}
