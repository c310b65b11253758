package dev.carillon.domain.job;

import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.message.ToldStatuses;
import java.time.Instant;
import java.util.Optional;

/// The terms on which messages of a job may move, as they stand when one of its chunks is locked.
///
/// @param broken whether a critical error stopped it
/// @param deadline what still waits then is EXPIRED
/// @param unknown what to do with a message whose answer was lost
/// @param told which statuses of its messages its owner is told of
public record JobTerms(
    JobStatus status, boolean broken, Instant deadline, UnknownPolicy unknown, ToldStatuses told) {

  /// Of a job that tells nothing of its messages.
  public JobTerms(JobStatus status, boolean broken, Instant deadline, UnknownPolicy unknown) {
    this(status, broken, deadline, unknown, ToldStatuses.NONE);
  }

  /// Whether its messages may be handed over.
  public boolean mayHandOver(Instant now) {
    return status.isRunning() && sweep(now).isEmpty();
  }

  /// The move that everything waiting has to make: the job was cancelled, broke, or is too old.
  public Optional<MessageTransition> sweep(Instant now) {
    if (status == JobStatus.CANCELLING) {
      return Optional.of(MessageTransition.CANCEL);
    }
    if (broken) {
      return Optional.of(MessageTransition.BREAK);
    }
    return now.isBefore(deadline) ? Optional.empty() : Optional.of(MessageTransition.EXPIRE);
  }

  /// Whether what is in doubt is to be handed over once more.
  public boolean resends(Instant now) {
    return unknown == UnknownPolicy.RESEND && !status.isEnd() && sweep(now).isEmpty();
  }
}
