package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.suppression.AddSuppressions;
import dev.carillon.application.suppression.ListSuppressions;
import dev.carillon.application.suppression.RemoveSuppressions;

/// Wires what the gRPC adapter knows of addresses that must not be written to; part of
/// [GrpcModule].
final class SuppressionGrpcModule extends AbstractModule {
  @Provides
  SuppressionGrpcService suppressions(SuppressionUseCases useCases) {
    return new SuppressionGrpcService(useCases);
  }

  @Provides
  SuppressionUseCases useCases(
      AddSuppressions add, RemoveSuppressions remove, ListSuppressions list) {
    return new SuppressionUseCases(add, remove, list);
  }
}
