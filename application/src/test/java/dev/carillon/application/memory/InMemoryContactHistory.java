package dev.carillon.application.memory;

import dev.carillon.application.port.ContactHistory;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// How often addresses were written to, counted from messages in memory.
public final class InMemoryContactHistory implements ContactHistory {
  private static final Set<JobStatus> UNSENT =
      Set.of(JobStatus.OPEN, JobStatus.CANCELLING, JobStatus.CANCELLED);

  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryMessages messages;

  InMemoryContactHistory(InMemoryStore store, InMemoryBulkJobs jobs, InMemoryMessages messages) {
    this.store = store;
    this.jobs = jobs;
    this.messages = messages;
  }

  @Override
  public Map<String, Integer> messagesSince(
      Scope scope, Channel channel, Collection<String> addresses, Instant since) {
    if (addresses.size() > MOST_ADDRESSES) {
      throw new IllegalArgumentException("at most " + MOST_ADDRESSES + " addresses a question");
    }
    Set<String> wanted = Set.copyOf(addresses);
    return store.inTransaction(() -> {
      Map<String, Integer> counts = new HashMap<>();
      jobs.newestFirst()
          .filter(job -> job.job().scope().equals(scope))
          .filter(job -> job.submission().channel() == channel)
          .filter(job -> !job.life().createdAt().isBefore(since))
          .filter(job -> job.life().startedAt() != null || !UNSENT.contains(job.life().status()))
          .flatMap(job -> messages.rows(job.id()).stream())
          .filter(message -> message.rejected() == null && wanted.contains(message.address()))
          .map(PreparedMessage::address)
          .forEach(address -> counts.merge(address, 1, Integer::sum));
      return counts;
    });
  }
}
