package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.template.CreateTemplate;
import dev.carillon.application.template.DeleteTemplate;
import dev.carillon.application.template.GetTemplate;
import dev.carillon.application.template.ListTemplates;
import dev.carillon.application.template.PreviewContent;
import dev.carillon.application.template.UpdateTemplate;

/// Wires TemplateService: needs its use cases.
final class TemplateGrpcModule extends AbstractModule {
  @Provides
  TemplateGrpcService service(
      CreateTemplate create,
      GetTemplate get,
      ListTemplates list,
      UpdateTemplate update,
      DeleteTemplate delete,
      PreviewContent preview) {
    return new TemplateGrpcService(
        new TemplateUseCases(create, get, list, update, delete, preview));
  }
}
