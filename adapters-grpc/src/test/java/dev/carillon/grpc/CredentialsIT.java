package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.Tokens.Claims;
import dev.carillon.application.port.Tokens.Verdict;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc.BulkJobServiceBlockingStub;
import dev.carillon.v1.ListBulkJobsRequest;
import io.grpc.ClientInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// How credentials travel; what they prove is tested where it is decided.
final class CredentialsIT {
  private static final String TOKEN = "eyJ.eyJ.c2ln";

  @AutoClose private final House house = House.open();

  @Test
  void takesATokenAsBearerAndChoosesItsBusinessByHeader() {
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    house.tokens =
        token -> {
          seen.set(token);
          return new Verdict.Genuine(new Claims("anna", List.of(1L, 2L), "user", "TEST"));
        };

    String id =
        stub(
                House.with("authorization", "bearer  " + TOKEN),
                House.with("user-type", "USER"),
                House.with("x-business-id", "1"))
            .createBulkJob(House.SUBMISSION)
            .getBulkJob()
            .getBulkId();

    assertThat(seen.get()).isEqualTo(TOKEN);
    BulkJob job =
        house.jobs().listBulkJobs(ListBulkJobsRequest.getDefaultInstance()).getBulkJobs(0);
    assertThat(job.getBulkId()).isEqualTo(id);
    assertThat(job.getCreatedBy()).isEqualTo("anna");
  }

  @Test
  void refusesATokenForTheReasonThatItsCheckGave() {
    house.tokens = _ -> new Verdict.Refused("the token is expired");

    StatusRuntimeException refusal = refusal(House.with("authorization", "Bearer " + TOKEN));
    assertThat(refusal.getStatus().getDescription()).isEqualTo("the token is expired");
  }

  @Test
  void takesNoTokenWhereKeysStand() {
    house.tokens = _ -> new Verdict.Genuine(new Claims("anna", List.of(1L), "user", "TEST"));

    assertThat(refusal(House.with("x-api-key", TOKEN)).getStatus().getDescription())
        .isEqualTo("the API key is not valid");
    refusal(House.with("x-api-key", House.KEY), House.with("authorization", "Bearer " + TOKEN));
  }

  @Test
  void takesAKeyAsBearer() {
    assertThat(
            stub(House.with("authorization", "Bearer " + House.KEY))
                .listBulkJobs(ListBulkJobsRequest.getDefaultInstance())
                .getTotalSize())
        .isZero();
  }

  private StatusRuntimeException refusal(ClientInterceptor... headers) {
    StatusRuntimeException refusal =
        Refusals.of(() -> stub(headers).listBulkJobs(ListBulkJobsRequest.getDefaultInstance()));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(Refusals.reason(refusal)).isEqualTo("INVALID_CREDENTIALS");
    return refusal;
  }

  private BulkJobServiceBlockingStub stub(ClientInterceptor... headers) {
    return BulkJobServiceGrpc.newBlockingStub(house.channel())
        .withInterceptors(headers)
        .withInterceptors(new ErrorInfoRequired());
  }
}
