package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.FieldMask;
import dev.carillon.bootstrap.service.Commands.Ended;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.ConfirmDispatchRequest;
import dev.carillon.v1.DispatchSwitch;
import dev.carillon.v1.GetDispatchSwitchRequest;
import dev.carillon.v1.StopBusinessRequest;
import dev.carillon.v1.SwitchDispatchOffRequest;
import dev.carillon.v1.UpdateCarrierRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a person is told who starts the service, or cannot.
@Timeout(300)
class StartIT {
  /// ISO 8601, with the offset from UTC.
  private static final String TIME =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) ";

  @TempDir Path directory;

  @Test
  void allThatIsWrongWithTheConfigurationIsToldAtOnce() throws Exception {
    Path file =
        Files.writeString(directory.resolve("a.conf"), "carillon.grpc { prot = 1, port = x }");
    Map<String, String> settings =
        Map.of(
            "CARILLON_CONFIG",
            file.toString(),
            "CARILLON_GRPC_PORTS",
            "1",
            "CARILLON_RETRY_JITTER",
            "2");

    for (String command : List.of("config", "serve")) {
      Ended ended = Commands.run(directory, settings, command);

      assertThat(ended.code()).as(command).isEqualTo(1);
      assertThat(ended.text())
          .contains(
              "carillon.grpc.prot is no key",
              "CARILLON_GRPC_PORTS stands for no key",
              "carillon.grpc.port must be",
              "carillon.retry.jitter must be");
    }
  }

  @Test
  void aPortThatIsTakenIsFoundBeforeADatabaseIsMade() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());

      Ended ended = Commands.run(directory, Map.of("CARILLON_GRPC_PORT", port), "serve");

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.text())
          .contains("the gRPC server could not be started", "127.0.0.1:" + port)
          .contains("carillon.grpc.port (CARILLON_GRPC_PORT)")
          .doesNotContain("Exception", "\tat ");
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void aHostThatThereIsNotIsFoundBeforeADatabaseIsMade() throws Exception {
    Map<String, String> settings =
        Map.of("CARILLON_GRPC_PORT", "0", "CARILLON_GRPC_HOST", "nowhere.invalid");

    Ended ended = Commands.run(directory, settings, "serve");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.text())
        .contains("there is no host nowhere.invalid", "carillon.grpc.host (CARILLON_GRPC_HOST)")
        .doesNotContain("Exception", "\tat ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotHoldDataIsNamedWithItsSetting() throws Exception {
    Path file = Files.writeString(directory.resolve("a-file"), "");
    Map<String, String> settings =
        Map.of("CARILLON_GRPC_PORT", "0", "CARILLON_DATABASE_DATA_DIRECTORY", file.toString());

    for (String command : List.of("serve", "key")) {
      Ended ended = Commands.run(directory, settings, command);

      assertThat(ended.code()).as(command).isEqualTo(1);
      assertThat(ended.text())
          .contains("The data directory " + file + " is a file. Choose a directory.")
          .contains("carillon.database.data-directory (CARILLON_DATABASE_DATA_DIRECTORY)")
          .doesNotContain("Exception", "java.", "\tat ");
    }
  }

  @Test
  void aDatabaseOutOfReachIsToldOnceAndAtTheEnd() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      closed = free.getLocalPort();
    }
    String place = "jdbc:postgresql://127.0.0.1:" + closed + "/carillon";

    Ended ended =
        Commands.run(
            directory,
            Map.of(
                "CARILLON_GRPC_PORT", "0",
                "CARILLON_DATABASE_URL", place + "?password=hunter2",
                "CARILLON_DATABASE_USER", "carillon",
                "CARILLON_DATABASE_PASSWORD", "hunter2"),
            "serve");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.text().lines())
        .filteredOn(line -> line.contains("PostgreSQL at " + place + " cannot be reached"))
        .hasSize(2)
        .first()
        .asString()
        .matches(TIME + "WARN .* Connection refused; it is tried 3 times more");
    assertThat(ended.text().lines())
        .filteredOn(line -> !line.contains("cannot be reached"))
        .singleElement()
        .asString()
        .contains("carillon.database.url (CARILLON_DATABASE_URL)");
    assertThat(ended.text()).doesNotContain("hunter2");
  }

  @Test
  void aCommandThatIsNotUnderstoodShowsItsUsage() throws Exception {
    Ended ended = Commands.run(directory, Map.of(), "demo", "--recipients=0");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.text()).contains("--recipients is 1 to 50,000", "Usage: carillon demo");
  }

  /// From the first operator's key to what the log says of what was done with it.
  @Test
  void theLogTellsWhatKeepsMessagesFromGoingOut() throws Exception {
    Map<String, String> settings =
        Map.of(
            "CARILLON_TOKENS_JWKS", "no-keys.json",
            "CARILLON_TOKENS_ISSUER", "https://id.example.org",
            "CARILLON_TOKENS_AUDIENCE", "carillon");
    List<String> written;
    try (ServedProcess served =
            ServedProcess.start(directory, settings, "--new-key", "--new-operator-key");
        Client operator = served.operator();
        Client client = served.client()) {
      assertThat(Commands.run(directory, settings, "key", "--operator"))
          .satisfies(refused -> assertThat(refused.code()).isEqualTo(1))
          .satisfies(refused ->
              assertThat(refused.text()).contains("in use by", "serve --new-operator-key"));
      refuseWhatIsTooLarge(client);
      AdminServiceBlockingStub admin = admin(operator);
      switchOff(admin, "upkeep");
      written = new ArrayList<>(served.readTo("nothing is handed over"));
      DispatchSwitch off =
          admin
              .getDispatchSwitch(GetDispatchSwitchRequest.getDefaultInstance())
              .getDispatchSwitch();
      var _ =
          admin.confirmDispatch(
              ConfirmDispatchRequest.newBuilder().setHistoryToken(off.getHistoryToken()).build());
      written.addAll(served.readTo("handed over again"));
      switchOff(admin, "more upkeep");
      stopAndSwitch(admin, client);
      written.addAll(served.readTo("UpdateCarrier by"));

      assertThat(served.end()).isZero();
      written.addAll(served.readTo("stopped"));
      written.addAll(0, served.startLines());
    }

    assertThat(written)
        .anyMatch(line -> line.matches(TIME + "WARN .*off since .*\\(upkeep\\).*"))
        .anyMatch(line -> line.matches(TIME + "INFO .*StopBusiness by key_.*: business 1 .*"))
        .anyMatch(line -> line.matches(TIME + "INFO .*: carrier simulated .enabled=false.*"))
        .anyMatch(line -> line.contains("(carillon.tokens.jwks) cannot be read: there is no file"))
        .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));

    try (ServedProcess again = ServedProcess.start(directory, settings)) {
      assertThat(again.startLines())
          .anyMatch(
              line -> line.contains("nothing is handed over") && line.contains("more upkeep"));
    }
  }

  private static AdminServiceBlockingStub admin(Client operator) {
    return AdminServiceGrpc.newBlockingStub(operator.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()));
  }

  private static void refuseWhatIsTooLarge(Client client) {
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> client.create(Client.anSmsJobTo(1).setName("x".repeat(17 << 20))));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  private static void switchOff(AdminServiceBlockingStub admin, String reason) {
    var _ =
        admin.switchDispatchOff(SwitchDispatchOffRequest.newBuilder().setReason(reason).build());
  }

  private static void stopAndSwitch(AdminServiceBlockingStub admin, Client client) {
    long business = client.create(Client.anSmsJobTo(1)).getBusinessId();
    var _ =
        admin.stopBusiness(
            StopBusinessRequest.newBuilder().setBusinessId(business).setReason("test").build());
    var _ =
        admin.updateCarrier(
            UpdateCarrierRequest.newBuilder()
                .setCarrier(Carrier.newBuilder().setId("simulated").setEnabled(false))
                .setUpdateMask(FieldMask.newBuilder().addPaths("enabled"))
                .build());
  }
}
