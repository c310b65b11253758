package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.GetMessage;
import dev.carillon.application.Limits;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.ListMessages;
import dev.carillon.application.WatchBulkJob;
import dev.carillon.application.port.Credentials;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// Wires the gRPC adapter: provides a [GrpcServer], needs the use cases, [Credentials], [Limits]
/// and an InstantSource.
public final class GrpcModule extends AbstractModule {
  private final GrpcConfig config;

  /// Throws an IllegalArgumentException with all problems of the config.
  public GrpcModule(GrpcConfig config) {
    List<String> problems = config.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    this.config = config;
  }

  @Provides
  @Singleton
  GrpcServer server(
      ServiceChain chain,
      ProgressStreams streams,
      BulkJobGrpcService bulkJobs,
      MessageGrpcService messages) {
    return new GrpcServer(config, chain, List.of(bulkJobs, messages), streams);
  }

  @Provides
  BulkJobGrpcService bulkJobs(
      BulkJobUseCases useCases, BulkJobResponses responses, ProgressStreams streams) {
    return new BulkJobGrpcService(useCases, responses, streams);
  }

  @Provides
  BulkJobUseCases bulkJobUseCases(
      CreateBulkJob create,
      GetBulkJob get,
      ListBulkJobs list,
      WatchBulkJob watch,
      CancelBulkJob cancel) {
    return new BulkJobUseCases(create, get, list, watch, cancel);
  }

  @Provides
  MessageGrpcService messages(GetMessage get, ListMessages list) {
    return new MessageGrpcService(get, list);
  }

  @Provides
  @Singleton
  ServiceChain chain(ErrorInterceptor errors, Credentials credentials, Limits limits) {
    return new ServiceChain(
        new DecodingGuard(config.maxMessageBytes(), limits.recipientsPerJob()),
        errors,
        new CredentialsInterceptor(credentials),
        new AdmissionInterceptor(config.load()),
        new ValidationInterceptor(Validators.create()));
  }

  @Provides
  @Singleton
  ProgressStreams streams(
      BulkJobResponses responses, ErrorInterceptor errors, InstantSource clock) {
    return new ProgressStreams(config.streams(), new WatchResponses(responses, clock), errors);
  }

  @Provides
  BulkJobResponses bulkJobResponses(InstantSource clock) {
    return new BulkJobResponses(clock);
  }

  @Provides
  @Singleton
  ErrorInterceptor errors() {
    return new ErrorInterceptor(new Incidents(() -> UUID.randomUUID().toString()));
  }
}
