package dev.carillon.grpc;

import dev.carillon.application.port.Page;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.v1.CreateBusinessResponse;
import dev.carillon.v1.GetBusinessResponse;
import dev.carillon.v1.ListBusinessesResponse;
import dev.carillon.v1.ResumeBusinessResponse;
import dev.carillon.v1.StopBusinessResponse;
import dev.carillon.v1.UpdateBusinessResponse;

/// Maps businesses to the answers of the API.
final class BusinessResponses {
  private BusinessResponses() {}

  static CreateBusinessResponse created(Business business) {
    return CreateBusinessResponse.newBuilder().setBusiness(business(business)).build();
  }

  static GetBusinessResponse got(Business business) {
    return GetBusinessResponse.newBuilder().setBusiness(business(business)).build();
  }

  static ListBusinessesResponse listed(Page<Business> page, PageTokens tokens) {
    return ListBusinessesResponse.newBuilder()
        .addAllBusinesses(page.items().stream().map(BusinessResponses::business).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static UpdateBusinessResponse updated(Business business) {
    return UpdateBusinessResponse.newBuilder().setBusiness(business(business)).build();
  }

  static StopBusinessResponse stopped(Business business) {
    return StopBusinessResponse.newBuilder().setBusiness(business(business)).build();
  }

  static ResumeBusinessResponse resumed(Business business) {
    return ResumeBusinessResponse.newBuilder().setBusiness(business(business)).build();
  }

  private static dev.carillon.v1.Business business(Business business) {
    dev.carillon.v1.Business.Builder response =
        dev.carillon.v1.Business.newBuilder()
            .setBusinessId(business.id().value())
            .setName(business.profile().name())
            .setDefaultRegion(business.profile().defaultRegion())
            .setCurrency(business.currency())
            .setStopped(business.stopped())
            .setCreateTime(ProtoValues.timestamp(business.createdAt()))
            .setUpdateTime(ProtoValues.timestamp(business.updatedAt()))
            .setEtag(Etags.of(business.version()));
    terms(response, business.terms());
    Business.Stop stop = business.stop();
    if (stop != null) {
      response
          .setStopTime(ProtoValues.timestamp(stop.at()))
          .setStoppedBy(stop.by())
          .setStopReason(stop.reason());
    }
    return response.build();
  }

  private static void terms(dev.carillon.v1.Business.Builder response, Business.Terms terms) {
    response
        .setRefundsUndelivered(terms.refunds().undelivered())
        .setChargesUnknown(!terms.refunds().lostAnswer());
    Money lowBalance = terms.lowBalance();
    if (lowBalance != null) {
      response.setLowBalance(ProtoValues.money(lowBalance));
    }
    QuotaLimits quotas = terms.quotas();
    quotas.jobsPerHour().ifPresent(response::setJobsPerHour);
    quotas.requestsPerSecond().ifPresent(response::setRequestsPerSecond);
    quotas.recipientsPerDay().ifPresent(response::setRecipientsPerDay);
  }
}
