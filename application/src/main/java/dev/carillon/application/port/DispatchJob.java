package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.UnknownPolicy;
import java.time.Instant;

/// What dispatch needs to know of a job; none of it ever changes.
///
/// @param deadline what still waits then is EXPIRED
/// @param unknown what to do with a message whose answer was lost
public record DispatchJob(
    Scope scope,
    Content content,
    CarrierId provider,
    Priority priority,
    Instant deadline,
    UnknownPolicy unknown) {
  @Override
  public String toString() {
    return "DispatchJob[" + scope + ", " + provider + "]";
  }
}
