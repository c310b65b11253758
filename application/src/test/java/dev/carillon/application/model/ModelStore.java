package dev.carillon.application.model;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.job.JobId;
import java.util.List;
import java.util.Map;

/// A store on which random histories run, and ways to look past its ports.
public interface ModelStore {
  /// What the service uses of it.
  Ports ports();

  /// Where it tells outward.
  Outbox outbox();

  /// Where it tells of changes.
  ProgressFeed feed();

  /// The events told of a job, in order.
  List<String> events(JobId job);

  /// The events told of a job's messages, in order: `position:STATUS:attempts`.
  List<String> messageEvents(JobId job);

  /// The attempts kept of a job's messages by position: `number:KIND`, sorted; those without any
  /// may be left out.
  Map<Integer, List<String>> attempts(JobId job);

  /// Ends the time of every lease.
  void lapseLeases();
}
