package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.UnknownPolicy;
import java.time.Instant;

/// What dispatch needs to know of a job; none of it ever changes.
///
/// @param content what is said to everybody who brings no words of their own
/// @param composition how that becomes what one recipient gets
/// @param deadline what still waits then is EXPIRED
/// @param unknown what to do with a message whose answer was lost
public record DispatchJob(
    Scope scope,
    Content content,
    Composition composition,
    CarrierId provider,
    Priority priority,
    Instant deadline,
    UnknownPolicy unknown) {
  @Override
  public String toString() {
    return "DispatchJob[" + scope + ", " + provider + "]";
  }
}
