package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.delivery.CarrierId;

/// What dispatch needs to know of a job; none of it ever changes.
public record DispatchJob(Scope scope, Content content, CarrierId provider) {
  @Override
  public String toString() {
    return "DispatchJob[" + scope + ", " + provider + "]";
  }
}
