package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.ApiKey;
import dev.carillon.v1.AuditEntry;
import dev.carillon.v1.Business;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.CreateApiKeyResponse;
import dev.carillon.v1.CreateBusinessRequest;
import dev.carillon.v1.Environment;
import dev.carillon.v1.GetBusinessRequest;
import dev.carillon.v1.ListApiKeysRequest;
import dev.carillon.v1.ListApiKeysResponse;
import dev.carillon.v1.ListAuditEntriesRequest;
import dev.carillon.v1.ListBusinessesRequest;
import dev.carillon.v1.ListBusinessesResponse;
import dev.carillon.v1.Permission;
import dev.carillon.v1.ResumeBusinessRequest;
import dev.carillon.v1.RevokeApiKeyRequest;
import dev.carillon.v1.StopBusinessRequest;
import dev.carillon.v1.UpdateBusinessRequest;
import dev.carillon.v1.UserType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TenantIT {
  private static final String ADMINS_KEY = "sk_live_admin";

  @AutoClose private final House house = House.open();
  private final AdminServiceBlockingStub operator = house.admin();

  @Test
  void makesChangesStopsAndResumesABusiness() {
    Business made = business("Acme");
    Business changed =
        update(
            made.toBuilder()
                .clearName()
                .setRefundsUndelivered(true)
                .setJobsPerHour(0)
                .setLowBalance(Money.newBuilder().setCurrencyCode("USD").setNanos(500_000_000))
                .build());
    Business stopped =
        operator
            .stopBusiness(
                StopBusinessRequest.newBuilder()
                    .setBusinessId(made.getBusinessId())
                    .setReason("fraud")
                    .build())
            .getBusiness();
    Business resumed =
        operator
            .resumeBusiness(
                ResumeBusinessRequest.newBuilder().setBusinessId(made.getBusinessId()).build())
            .getBusiness();

    assertThat(changed.getName()).isEqualTo("Acme");
    assertThat(changed.getRefundsUndelivered()).isTrue();
    assertThat(changed.hasJobsPerHour()).isTrue();
    assertThat(changed.hasRequestsPerSecond()).isFalse();
    assertThat(changed.getLowBalance().getNanos()).isEqualTo(500_000_000);
    assertThat(changed.getEtag()).isNotEqualTo(made.getEtag());
    assertThat(stopped.getStopped()).isTrue();
    assertThat(stopped.getStopReason()).isEqualTo("fraud");
    assertThat(stopped.getStoppedBy()).isEqualTo(House.OPERATOR.principal());
    assertThat(stopped.getStopTime()).isEqualTo(ProtoValues.timestamp(House.NOW));
    assertThat(resumed).isEqualTo(changed.toBuilder().setEtag(resumed.getEtag()).build());
    assertThat(
            operator
                .getBusiness(
                    GetBusinessRequest.newBuilder().setBusinessId(made.getBusinessId()).build())
                .getBusiness())
        .isEqualTo(resumed);
  }

  @Test
  void changesOnlyWhatTheMaskNames() {
    Business made = business("Acme");
    Business wanted =
        made.toBuilder().setName("Other").setDefaultRegion("MR").setChargesUnknown(true).build();

    Business masked = update(wanted, "charges_unknown");
    assertThat(masked.getName()).isEqualTo("Acme");
    assertThat(masked.getChargesUnknown()).isTrue();
    Business back = update(masked.toBuilder().setChargesUnknown(false).build(), "charges_unknown");
    assertThat(back.getChargesUnknown()).isFalse();

    StatusRuntimeException unknown = Refusals.of(() -> update(back, "currency"));
    assertThat(Refusals.paths(unknown)).containsExactly("update_mask.paths[0]");
    StatusRuntimeException late = Refusals.of(() -> update(made, "name"));
    assertThat(Refusals.reason(late)).isEqualTo("ETAG_MISMATCH");
  }

  @Test
  void refusesMoneyThatIsNone() {
    Business made = business("Acme");

    for (Money low :
        List.of(
            Money.newBuilder().setCurrencyCode("EUR").setUnits(1).build(),
            Money.newBuilder().setCurrencyCode("USD").setNanos(1).build(),
            Money.newBuilder().setCurrencyCode("USD").setUnits(-1).build())) {
      StatusRuntimeException refusal =
          Refusals.of(() -> update(made.toBuilder().setLowBalance(low).build(), "low_balance"));
      assertThat(Refusals.paths(refusal)).containsExactly("business.low_balance");
    }
  }

  @Test
  void listsBusinessesPageByPage() {
    Business first = business("One");
    Business second = business("Two");
    ListBusinessesResponse page =
        operator.listBusinesses(ListBusinessesRequest.newBuilder().setPageSize(1).build());
    ListBusinessesResponse rest =
        operator.listBusinesses(
            ListBusinessesRequest.newBuilder().setPageToken(page.getNextPageToken()).build());

    assertThat(page.getBusinessesList()).containsExactly(first);
    assertThat(page.getTotalSize()).isEqualTo(2);
    assertThat(rest.getBusinessesList()).containsExactly(second);
    assertThat(rest.getNextPageToken()).isEmpty();
    assertThat(
            operator
                .listBusinesses(ListBusinessesRequest.newBuilder().setStoppedOnly(true).build())
                .getBusinessesList())
        .isEmpty();
  }

  @Test
  void saysWhichBusinessIsMissing() {
    StatusRuntimeException refusal =
        Refusals.of(
            () -> operator.getBusiness(GetBusinessRequest.newBuilder().setBusinessId(99).build()));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(Refusals.reason(refusal)).isEqualTo("BUSINESS_NOT_FOUND");
  }

  @Test
  void showsAKeyOnceAndRevokesIt() {
    AdminServiceBlockingStub admin = admin(business("Acme"));
    CreateApiKeyRequest request =
        CreateApiKeyRequest.newBuilder()
            .setUserType(UserType.USER_TYPE_USER)
            .setName("till")
            .addScopes(Permission.PERMISSION_SEND)
            .addScopes(Permission.PERMISSION_READ)
            .setExpireTime(Timestamp.newBuilder().setSeconds(House.NOW.getEpochSecond() + 60))
            .setRequestId("r-1")
            .build();
    CreateApiKeyResponse made = admin.createApiKey(request);
    ApiKey key = made.getApiKey();

    assertThat(made.getSecret()).isEqualTo("sk_live_secret");
    assertThat(key.getScopesList())
        .containsExactly(Permission.PERMISSION_READ, Permission.PERMISSION_SEND);
    assertThat(key.getEnvironment()).isEqualTo(Environment.ENVIRONMENT_LIVE);
    assertThat(key.getExpireTime()).isEqualTo(request.getExpireTime());
    assertThat(key.hasLastUseTime()).isFalse();
    assertThat(admin.createApiKey(request)).isEqualTo(made.toBuilder().clearSecret().build());

    ApiKey revoked =
        admin
            .revokeApiKey(RevokeApiKeyRequest.newBuilder().setKeyId(key.getKeyId()).build())
            .getApiKey();
    assertThat(revoked.hasRevokeTime()).isTrue();
    assertThat(revoked.getRevokedBy()).isEqualTo("key_admin");
    ListApiKeysResponse all = admin.listApiKeys(ListApiKeysRequest.getDefaultInstance());
    assertThat(all.getApiKeysList()).containsExactly(revoked);
    assertThat(all.getTotalSize()).isEqualTo(1);
    assertThat(
            admin
                .listApiKeys(ListApiKeysRequest.newBuilder().setLivingOnly(true).build())
                .getApiKeysList())
        .isEmpty();
  }

  @Test
  void anothersKeysAnswerAsThoseThatThereAreNot() {
    Business mine = business("Mine");
    Business theirs = business("Theirs");
    ApiKey ofTheirs =
        operator
            .createApiKey(
                CreateApiKeyRequest.newBuilder()
                    .setBusinessId(theirs.getBusinessId())
                    .setEnvironment(Environment.ENVIRONMENT_LIVE)
                    .setUserType(UserType.USER_TYPE_USER)
                    .setName("till")
                    .build())
            .getApiKey();
    AdminServiceBlockingStub admin = admin(mine);

    for (String id : List.of(ofTheirs.getKeyId(), "key_none")) {
      StatusRuntimeException refusal =
          Refusals.of(
              () -> admin.revokeApiKey(RevokeApiKeyRequest.newBuilder().setKeyId(id).build()));
      assertThat(Refusals.reason(refusal)).isEqualTo("API_KEY_NOT_FOUND");
    }
    for (long id : List.of(theirs.getBusinessId(), 99L)) {
      StatusRuntimeException refusal =
          Refusals.of(
              () -> admin.listApiKeys(ListApiKeysRequest.newBuilder().setBusinessId(id).build()));
      assertThat(Refusals.reason(refusal)).isEqualTo("BUSINESS_NOT_FOUND");
    }
  }

  @Test
  void tellsWhoChangedWhat() {
    Business made = business("Acme");
    update(made.toBuilder().setName("Other").build(), "name");

    List<AuditEntry> entries =
        operator
            .listAuditEntries(
                ListAuditEntriesRequest.newBuilder().setBusinessId(made.getBusinessId()).build())
            .getAuditEntriesList();
    assertThat(entries)
        .extracting(AuditEntry::getAction)
        .containsExactly("UpdateBusiness", "CreateBusiness");
    assertThat(entries.getFirst().getPrincipal()).isEqualTo(House.OPERATOR.principal());
    assertThat(entries.getFirst().getUserType()).isEqualTo(UserType.USER_TYPE_OPERATOR);
    assertThat(entries.getFirst().getBeforeMap()).isEqualTo(Map.of("name", "Acme"));
    assertThat(entries.getFirst().getAfterMap()).isEqualTo(Map.of("name", "Other"));
  }

  private Business business(String name) {
    return operator
        .createBusiness(
            CreateBusinessRequest.newBuilder()
                .setBusiness(
                    Business.newBuilder().setName(name).setDefaultRegion("ZW").setCurrency("USD"))
                .build())
        .getBusiness();
  }

  private Business update(Business business, String... paths) {
    UpdateBusinessRequest.Builder request =
        UpdateBusinessRequest.newBuilder().setBusiness(business);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return operator.updateBusiness(request.build()).getBusiness();
  }

  private AdminServiceBlockingStub admin(Business business) {
    Scope scope =
        new Scope(
            new BusinessId(business.getBusinessId()),
            dev.carillon.domain.business.Environment.LIVE);
    house.credentials.grant(
        ADMINS_KEY, new Caller(scope, Role.ADMIN_USER, "key_admin", "ZW", "USD"));
    return house.admin(ADMINS_KEY);
  }
}
