package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LastingCredentialIT {
  @AutoClose private final House house = House.open();

  @Test
  void aStreamEndsAsItCouldNotBegin() {
    StoredJob job = JobFixture.anSmsJob().to(1).storeIn(house.store.ports(), House.CALLER.scope());
    Iterator<WatchBulkJobResponse> events =
        house
            .jobs()
            .watchBulkJob(
                WatchBulkJobRequest.newBuilder()
                    .setBulkId(job.bulkId().toString())
                    .setHeartbeatInterval(Duration.newBuilder().setSeconds(1))
                    .build());
    assertThat(events.next().hasSnapshot()).isTrue();

    house.credentials.revoke(House.KEY);

    StatusRuntimeException end = Refusals.of(() -> events.forEachRemaining(_ -> {}));
    assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(Refusals.reason(end)).isEqualTo("INVALID_CREDENTIALS");
  }
}
