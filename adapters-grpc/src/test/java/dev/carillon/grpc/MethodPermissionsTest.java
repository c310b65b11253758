package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.RecipientGroupServiceGrpc;
import dev.carillon.v1.RecipientServiceGrpc;
import dev.carillon.v1.SuppressionServiceGrpc;
import dev.carillon.v1.TemplateServiceGrpc;
import dev.carillon.v1.WebhookServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MethodPermissionsTest {
  private static final Path WRITTEN = Path.of("..", "docs", "credentials.md");

  @Test
  void theWrittenTableSaysTheSame() throws IOException {
    List<String> rows =
        Files.readAllLines(WRITTEN).stream().filter(line -> line.startsWith("| `")).toList();

    for (MethodDescriptor<?, ?> method : methods().toList()) {
      String name = method.getFullMethodName().substring("carillon.v1.".length());
      assertThat(rows)
          .contains("| `" + name + "` | " + MethodPermissions.of(method).orElseThrow() + " |");
    }
    assertThat(rows.stream().filter(row -> row.contains("/")).count()).isEqualTo(methods().count());
  }

  @Test
  void onlyWhatMakesMessagesGoIsKeptFromAStoppedBusiness() {
    Set<String> submitting =
        methods()
            .filter(MethodPermissions::submits)
            .map(method -> String.valueOf(method.getBareMethodName()))
            .collect(Collectors.toSet());

    assertThat(submitting)
        .isEqualTo(Set.of("CreateBulkJob", "AddBulkJobRecipients", "StartBulkJob", "RetryBulkJob"));
  }

  private static Stream<MethodDescriptor<?, ?>> methods() {
    return Stream.of(
            AdminServiceGrpc.getServiceDescriptor(),
            BillingServiceGrpc.getServiceDescriptor(),
            BulkJobServiceGrpc.getServiceDescriptor(),
            EventServiceGrpc.getServiceDescriptor(),
            MessageServiceGrpc.getServiceDescriptor(),
            RecipientGroupServiceGrpc.getServiceDescriptor(),
            RecipientServiceGrpc.getServiceDescriptor(),
            SuppressionServiceGrpc.getServiceDescriptor(),
            TemplateServiceGrpc.getServiceDescriptor(),
            WebhookServiceGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(methods -> methods.stream().<MethodDescriptor<?, ?>>map(method -> method));
  }
}
