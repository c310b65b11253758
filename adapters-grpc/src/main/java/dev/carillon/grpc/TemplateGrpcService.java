package dev.carillon.grpc;

import dev.carillon.application.template.ListTemplates;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.CreateTemplateRequest;
import dev.carillon.v1.CreateTemplateResponse;
import dev.carillon.v1.DeleteTemplateRequest;
import dev.carillon.v1.DeleteTemplateResponse;
import dev.carillon.v1.GetTemplateRequest;
import dev.carillon.v1.GetTemplateResponse;
import dev.carillon.v1.ListTemplatesRequest;
import dev.carillon.v1.ListTemplatesResponse;
import dev.carillon.v1.PreviewTemplateRequest;
import dev.carillon.v1.PreviewTemplateResponse;
import dev.carillon.v1.TemplateServiceGrpc;
import dev.carillon.v1.UpdateTemplateRequest;
import dev.carillon.v1.UpdateTemplateResponse;
import io.grpc.stub.StreamObserver;

/// carillon.v1.TemplateService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class TemplateGrpcService extends TemplateServiceGrpc.TemplateServiceImplBase {
  private final TemplateUseCases useCases;

  TemplateGrpcService(TemplateUseCases useCases) {
    this.useCases = useCases;
  }

  @Override
  public void createTemplate(
      CreateTemplateRequest request, StreamObserver<CreateTemplateResponse> answer) {
    var command = TemplateRequests.create(Callers.current(), request);
    answer.onNext(TemplateResponses.created(useCases.create().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getTemplate(GetTemplateRequest request, StreamObserver<GetTemplateResponse> answer) {
    var query = TemplateRequests.get(Callers.current(), request);
    answer.onNext(TemplateResponses.got(useCases.get().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listTemplates(
      ListTemplatesRequest request, StreamObserver<ListTemplatesResponse> answer) {
    Caller caller = Callers.current();
    ListTemplates.Query query = TemplateRequests.list(caller, request);
    PageTokens tokens = TemplateRequests.pageTokens(caller, request);
    answer.onNext(TemplateResponses.listed(useCases.list().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void updateTemplate(
      UpdateTemplateRequest request, StreamObserver<UpdateTemplateResponse> answer) {
    var command = TemplateRequests.update(Callers.current(), request);
    answer.onNext(TemplateResponses.updated(useCases.update().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void deleteTemplate(
      DeleteTemplateRequest request, StreamObserver<DeleteTemplateResponse> answer) {
    useCases.delete().handle(TemplateRequests.delete(Callers.current(), request));
    answer.onNext(DeleteTemplateResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void previewTemplate(
      PreviewTemplateRequest request, StreamObserver<PreviewTemplateResponse> answer) {
    var query = TemplateRequests.preview(Callers.current(), request);
    answer.onNext(PreviewResponses.previewed(useCases.preview().handle(query)));
    answer.onCompleted();
  }
}
