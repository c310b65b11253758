package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.message.ExportMessages;
import dev.carillon.application.message.GetMessage;
import dev.carillon.application.message.ListMessages;
import dev.carillon.application.message.SearchMessages;

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
