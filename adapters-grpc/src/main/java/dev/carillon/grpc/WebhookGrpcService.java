package dev.carillon.grpc;

import dev.carillon.application.webhook.ListDeliveries;
import dev.carillon.application.webhook.ListEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.CreateWebhookEndpointResponse;
import dev.carillon.v1.DeleteWebhookEndpointRequest;
import dev.carillon.v1.DeleteWebhookEndpointResponse;
import dev.carillon.v1.GetWebhookEndpointRequest;
import dev.carillon.v1.GetWebhookEndpointResponse;
import dev.carillon.v1.ListWebhookDeliveriesRequest;
import dev.carillon.v1.ListWebhookDeliveriesResponse;
import dev.carillon.v1.ListWebhookEndpointsRequest;
import dev.carillon.v1.ListWebhookEndpointsResponse;
import dev.carillon.v1.RedeliverEventRequest;
import dev.carillon.v1.RedeliverEventResponse;
import dev.carillon.v1.RotateWebhookSecretRequest;
import dev.carillon.v1.RotateWebhookSecretResponse;
import dev.carillon.v1.TestWebhookEndpointRequest;
import dev.carillon.v1.TestWebhookEndpointResponse;
import dev.carillon.v1.UpdateWebhookEndpointRequest;
import dev.carillon.v1.UpdateWebhookEndpointResponse;
import dev.carillon.v1.WebhookServiceGrpc;
import io.grpc.stub.StreamObserver;

/// carillon.v1.WebhookService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class WebhookGrpcService extends WebhookServiceGrpc.WebhookServiceImplBase {
  private final WebhookUseCases useCases;
  private final WebhookResponses responses;

  WebhookGrpcService(WebhookUseCases useCases, WebhookResponses responses) {
    this.useCases = useCases;
    this.responses = responses;
  }

  @Override
  public void createWebhookEndpoint(
      CreateWebhookEndpointRequest request, StreamObserver<CreateWebhookEndpointResponse> answer) {
    var command = WebhookRequests.create(Callers.current(), request);
    answer.onNext(responses.created(useCases.create().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getWebhookEndpoint(
      GetWebhookEndpointRequest request, StreamObserver<GetWebhookEndpointResponse> answer) {
    var query = WebhookRequests.get(Callers.current(), request);
    answer.onNext(responses.got(useCases.get().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listWebhookEndpoints(
      ListWebhookEndpointsRequest request, StreamObserver<ListWebhookEndpointsResponse> answer) {
    Caller caller = Callers.current();
    ListEndpoints.Query query = WebhookRequests.list(caller, request);
    PageTokens tokens = WebhookRequests.pageTokens(caller, request);
    answer.onNext(responses.listed(useCases.list().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void updateWebhookEndpoint(
      UpdateWebhookEndpointRequest request, StreamObserver<UpdateWebhookEndpointResponse> answer) {
    var command = WebhookRequests.update(Callers.current(), request);
    answer.onNext(responses.updated(useCases.update().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void deleteWebhookEndpoint(
      DeleteWebhookEndpointRequest request, StreamObserver<DeleteWebhookEndpointResponse> answer) {
    useCases.delete().handle(WebhookRequests.delete(Callers.current(), request));
    answer.onNext(DeleteWebhookEndpointResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void rotateWebhookSecret(
      RotateWebhookSecretRequest request, StreamObserver<RotateWebhookSecretResponse> answer) {
    var command = WebhookRequests.rotate(Callers.current(), request);
    answer.onNext(responses.rotated(useCases.rotate().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void testWebhookEndpoint(
      TestWebhookEndpointRequest request, StreamObserver<TestWebhookEndpointResponse> answer) {
    var command = WebhookRequests.test(Callers.current(), request);
    answer.onNext(
        TestWebhookEndpointResponse.newBuilder()
            .setEventId(useCases.test().handle(command).toString())
            .build());
    answer.onCompleted();
  }

  @Override
  public void listWebhookDeliveries(
      ListWebhookDeliveriesRequest request, StreamObserver<ListWebhookDeliveriesResponse> answer) {
    Caller caller = Callers.current();
    ListDeliveries.Query query = WebhookRequests.deliveries(caller, request);
    PageTokens tokens = WebhookRequests.pageTokens(caller, request);
    answer.onNext(responses.deliveries(useCases.deliveries().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void redeliverEvent(
      RedeliverEventRequest request, StreamObserver<RedeliverEventResponse> answer) {
    useCases.redeliver().handle(WebhookRequests.redeliver(Callers.current(), request));
    answer.onNext(RedeliverEventResponse.getDefaultInstance());
    answer.onCompleted();
  }
}
