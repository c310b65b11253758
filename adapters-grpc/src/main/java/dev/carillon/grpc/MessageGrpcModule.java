package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.ExportMessages;
import dev.carillon.application.GetMessage;
import dev.carillon.application.ListMessages;
import dev.carillon.application.SearchMessages;

/// Wires the service of messages.
final class MessageGrpcModule extends AbstractModule {
  @Provides
  MessageGrpcService messages(
      GetMessage get, ListMessages list, SearchMessages search, ExportStreams exports) {
    return new MessageGrpcService(get, list, search, exports);
  }

  @Provides
  @Singleton
  ExportStreams exports(ExportMessages exportMessages, ErrorInterceptor errors, Tenants tenants) {
    return new ExportStreams(exportMessages, errors, tenants);
  }
}
