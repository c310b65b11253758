package dev.carillon.grpc;

import dev.carillon.application.billing.ListLedgerEntries;
import dev.carillon.application.billing.ListPrices;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.EndPriceRequest;
import dev.carillon.v1.EndPriceResponse;
import dev.carillon.v1.GetBalanceRequest;
import dev.carillon.v1.GetBalanceResponse;
import dev.carillon.v1.GetBulkJobInvoiceRequest;
import dev.carillon.v1.GetBulkJobInvoiceResponse;
import dev.carillon.v1.ListLedgerEntriesRequest;
import dev.carillon.v1.ListLedgerEntriesResponse;
import dev.carillon.v1.ListPricesRequest;
import dev.carillon.v1.ListPricesResponse;
import dev.carillon.v1.SetPriceRequest;
import dev.carillon.v1.SetPriceResponse;
import dev.carillon.v1.TopUpRequest;
import dev.carillon.v1.TopUpResponse;
import io.grpc.stub.StreamObserver;

/// carillon.v1.BillingService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class BillingGrpcService extends BillingServiceGrpc.BillingServiceImplBase {
  private final BillingUseCases useCases;

  BillingGrpcService(BillingUseCases useCases) {
    this.useCases = useCases;
  }

  @Override
  public void getBalance(GetBalanceRequest request, StreamObserver<GetBalanceResponse> answer) {
    Caller caller = Callers.current();
    var query = BillingRequests.balance(caller);
    answer.onNext(BillingResponses.balance(caller.scope(), useCases.balance().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void topUp(TopUpRequest request, StreamObserver<TopUpResponse> answer) {
    var command = BillingRequests.topUp(Callers.current(), request);
    answer.onNext(BillingResponses.toppedUp(useCases.topUp().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void listLedgerEntries(
      ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> answer) {
    Caller caller = Callers.current();
    ListLedgerEntries.Query query = BillingRequests.entries(caller, request);
    PageTokens tokens = BillingRequests.pageTokens(caller, request);
    answer.onNext(BillingResponses.entries(useCases.entries().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void listPrices(ListPricesRequest request, StreamObserver<ListPricesResponse> answer) {
    Caller caller = Callers.current();
    ListPrices.Query query = PriceRequests.list(caller, request);
    PageTokens tokens = PriceRequests.pageTokens(caller, request);
    answer.onNext(BillingResponses.prices(useCases.prices().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void setPrice(SetPriceRequest request, StreamObserver<SetPriceResponse> answer) {
    var command = PriceRequests.set(Callers.current(), request);
    answer.onNext(BillingResponses.set(useCases.set().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void endPrice(EndPriceRequest request, StreamObserver<EndPriceResponse> answer) {
    var command = PriceRequests.end(Callers.current(), request);
    answer.onNext(BillingResponses.ended(useCases.end().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getBulkJobInvoice(
      GetBulkJobInvoiceRequest request, StreamObserver<GetBulkJobInvoiceResponse> answer) {
    var query = BillingRequests.invoice(Callers.current(), request);
    answer.onNext(BillingResponses.invoice(useCases.invoice().handle(query)));
    answer.onCompleted();
  }
}
