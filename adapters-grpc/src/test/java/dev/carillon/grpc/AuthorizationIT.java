package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.WatchBulkJobsRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuthorizationIT {
  private static final String KEY = "sk_test_role";

  @AutoClose private final House house = House.open();
  private final ManagedChannel channel = house.channel();
  private final List<MethodDescriptor<?, ?>> methods = Methods.of(channel);

  @Test
  void someoneHasSaidOfEveryMethodWhoMayCallIt() {
    assertThat(methods).hasSizeGreaterThan(40);
    assertThat(methods)
        .allSatisfy(method ->
            assertThat(MethodPermissions.of(method)).as(method.getFullMethodName()).isPresent());
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void refusesEveryMethodThatTheRoleIsNotFor(Role role) {
    house.credentials.grant(KEY, caller(role, role.permissions()));

    for (MethodDescriptor<?, ?> method : methods) {
      Permission needed = MethodPermissions.of(method).orElseThrow();
      StatusRuntimeException refusal = call(method);
      Status.Code code = refusal.getStatus().getCode();
      if (role.permissions().contains(needed)) {
        assertThat(code).as(method.getFullMethodName()).isNotEqualTo(Status.Code.PERMISSION_DENIED);
      } else {
        assertThat(code).as(method.getFullMethodName()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(Refusals.reason(refusal)).isEqualTo("ROLE_REQUIRED");
        assertThat(Refusals.info(refusal).getMetadataOrThrow("role"))
            .isEqualTo(
                Role.having(needed).stream().map(Role::userType).collect(Collectors.joining(", ")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void refusesEveryMethodThatTheScopesLeaveOut(Permission only) {
    house.credentials.grant(KEY, caller(Role.OPERATOR, Set.of(only)));

    for (MethodDescriptor<?, ?> method : methods) {
      Permission needed = MethodPermissions.of(method).orElseThrow();
      StatusRuntimeException refusal = call(method);
      if (needed == only) {
        assertThat(refusal.getStatus().getCode())
            .as(method.getFullMethodName())
            .isNotEqualTo(Status.Code.PERMISSION_DENIED);
      } else {
        assertThat(Refusals.reason(refusal))
            .as(method.getFullMethodName())
            .isEqualTo("SCOPE_REQUIRED");
        assertThat(Refusals.info(refusal).getMetadataOrThrow("scope")).isEqualTo(needed.name());
      }
    }
  }

  @Test
  void aStoppedBusinessMakesNothingNewButSeesAndCancelsWhatItHas() {
    Business business = stoppedBusiness();
    Scope scope = new Scope(business.id(), Environment.TEST);
    house.credentials.grant(KEY, new Caller(scope, Role.USER, "key_1", "ZW", "USD"));
    List<String> stopped = new ArrayList<>();

    for (MethodDescriptor<?, ?> method : methods) {
      StatusRuntimeException refusal = call(method);
      if (Refusals.reason(refusal).equals("BUSINESS_STOPPED")) {
        stopped.add(String.valueOf(method.getBareMethodName()));
      }
    }

    assertThat(stopped)
        .containsExactlyInAnyOrder(
            "CreateBulkJob", "AddBulkJobRecipients", "StartBulkJob", "RetryBulkJob");
  }

  private Business stoppedBusiness() {
    return house.store.inTransaction(() -> {
      Business made =
          house
              .store
              .businesses()
              .insert(
                  new Business.Profile("Acme", "ZW"),
                  "USD",
                  new Business.Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null),
                  House.NOW);
      house.store.businesses().update(made.stoppedBy("key_op", "fraud", House.NOW));
      return made;
    });
  }

  /// Calls a method with an empty request; one that answers counts as OK. A stream that would never
  /// end is asked for what it refuses.
  private StatusRuntimeException call(MethodDescriptor<?, ?> method) {
    Channel authenticated = ClientInterceptors.intercept(channel, House.with("x-api-key", KEY));
    try {
      byte[] answer =
          RawCalls.call(
              authenticated,
              method.getFullMethodName(),
              request(method),
              CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
      assertThat(answer).isNotNull();
      return Refusal.of(Code.OK, "ANSWERED", "it was answered").toException();
    } catch (StatusRuntimeException refusal) {
      return refusal;
    }
  }

  private static byte[] request(MethodDescriptor<?, ?> method) {
    return switch (Objects.requireNonNull(method.getBareMethodName())) {
      case "StreamEvents" ->
          StreamEventsRequest.newBuilder().setCursor("none").build().toByteArray();
      case "WatchBulkJobs" ->
          WatchBulkJobsRequest.newBuilder().setResumeToken("none").build().toByteArray();
      default -> new byte[0];
    };
  }

  private static Caller caller(Role role, Set<Permission> permissions) {
    return new Caller(
        new Scope(new BusinessId(1), Environment.TEST), role, "key_1", "ZW", "USD", permissions);
  }
}
