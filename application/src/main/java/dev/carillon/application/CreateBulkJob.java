package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Accepts one submission: judges its entries, stores job, chunks and messages in one transaction,
/// and answers before anything is sent.
public final class CreateBulkJob {
  private static final String METHOD = "CreateBulkJob";
  private static final String BULK_ID = "bulk_id";
  private static final String NAME = "name";

  private final Idempotency idempotency;
  private final BulkJobRepository jobs;
  private final ChunkRepository chunks;
  private final MessageRepository messages;
  private final Acceptance acceptance;
  private final Carriers carriers;
  private final ProgressFeed feed;
  private final IdSource ids;
  private final InstantSource clock;
  private final Limits limits;

  public CreateBulkJob(
      Idempotency idempotency,
      Store store,
      Knowledge knowledge,
      ProgressFeed feed,
      IdSource ids,
      InstantSource clock,
      Limits limits) {
    this.idempotency = idempotency;
    this.jobs = store.jobs();
    this.chunks = store.chunks();
    this.messages = store.messages();
    this.acceptance =
        new Acceptance(knowledge.numbering(), knowledge.suppressions(), limits.content());
    this.carriers = knowledge.carriers();
    this.feed = feed;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
  }

  /// The accepted job, or the same answer as before for a request id that was seen. Throws a
  /// DomainException: InvalidFields, NoValidRecipients, NoCarrier, RequestIdReused,
  /// StoreUnavailable; then nothing was stored.
  public Result handle(Command command) {
    SubmissionRules.check(command, limits);
    List<PreparedMessage> judged =
        acceptance.judge(
            command.caller().scope(),
            command.content(),
            command.defaultRegion(),
            command.duplicates(),
            command.entries());
    Result result =
        idempotency.once(
            request(command), () -> store(command, judged), answer -> show(command, answer));
    feed.changed(result.job().id());
    return result;
  }

  private String provider(Command command) {
    return carriers
        .forChannel(command.caller().scope().environment(), command.content().channel())
        .orElseThrow(() ->
            new DomainException(new DomainError.NoCarrier(command.content().channel().label())))
        .id()
        .value();
  }

  private void refuseIfNoneIsValid(List<PreparedMessage> judged) {
    if (judged.stream().noneMatch(message -> message.rejected() == null)) {
      throw new DomainException(
          new DomainError.NoValidRecipients(firstRejected(judged), judged.size()));
    }
  }

  private List<RejectedEntry> firstRejected(List<PreparedMessage> judged) {
    List<RejectedEntry> rejected = new ArrayList<>();
    for (int position = 0;
        position < judged.size() && rejected.size() < limits.rejectedShown();
        position++) {
      PreparedMessage message = judged.get(position);
      if (message.rejected() != null) {
        rejected.add(new RejectedEntry(position, message.address(), message.rejected()));
      }
    }
    return rejected;
  }

  private static Idempotency.Request request(Command command) {
    byte[] fingerprint =
        command.requestId().isEmpty() ? new byte[0] : SubmissionRules.fingerprint(command);
    return new Idempotency.Request(
        command.caller().scope(), METHOD, command.requestId(), fingerprint);
  }

  /// Refusals that depend on more than the command come here, after the request id was claimed: a
  /// repeat gets the first answer even when the same could not be accepted any more.
  private Map<String, String> store(Command command, List<PreparedMessage> judged) {
    String provider = provider(command);
    refuseIfNoneIsValid(judged);
    Instant now = clock.instant();
    command.plan().check(now);
    DispatchPlan dispatch = command.plan().plan(now, limits);
    BulkId bulkId = ids.nextBulkId(now);
    ChunkPlan plan = ChunkPlan.of(judged, limits.chunkSize());
    String name = SubmissionRules.nameOf(command);
    JobId job =
        jobs.insert(
            new NewBulkJob(
                bulkId,
                command.caller().scope(),
                submission(command, name, provider, dispatch),
                command.content(),
                AcceptedJob.status(dispatch),
                JobBilling.free(command.caller().currency(), plan.parts()),
                plan.openChunks(),
                now));
    messages.append(job, 0, judged);
    chunks.insert(plan.chunks(job));
    return Map.of(BULK_ID, bulkId.toString(), NAME, name);
  }

  private static BulkJob.Submission submission(
      Command command, String name, String provider, DispatchPlan plan) {
    return new BulkJob.Submission(
        name,
        command.content().channel(),
        command.priority(),
        command.labels(),
        command.caller().principal(),
        provider,
        null,
        plan);
  }

  private Result show(Command command, Map<String, String> answer) {
    BulkJob job =
        Optional.ofNullable(answer.get(BULK_ID))
            .flatMap(BulkId::parse)
            .flatMap(bulkId -> jobs.find(command.caller().scope(), bulkId))
            .orElseThrow(() -> new IllegalStateException("an accepted job has disappeared"));
    DispatchPlan plan = command.plan().plan(job.life().createdAt(), limits);
    return new Result(
        AcceptedJob.of(job, answer.getOrDefault(NAME, ""), plan),
        messages.rejected(job.id(), limits.rejectedShown()));
  }

  /// Where it is stored.
  public record Store(BulkJobRepository jobs, ChunkRepository chunks, MessageRepository messages) {}

  /// What has to be known to judge it.
  public record Knowledge(Numbering numbering, Suppressions suppressions, Carriers carriers) {}

  /// One submission.
  ///
  /// @param requestId may be empty
  /// @param name may be empty
  /// @param entriesField what the caller calls the list of recipients, for field paths
  /// @param declaredCount how many entries the caller says there are
  /// @param defaultRegion ISO 3166-1 alpha-2
  /// @param plan when and how fast it is to be handed over
  public record Command(
      Caller caller,
      String requestId,
      String name,
      Content content,
      String entriesField,
      List<Entry> entries,
      OptionalLong declaredCount,
      String defaultRegion,
      Priority priority,
      DuplicatePolicy duplicates,
      Map<String, String> labels,
      RequestedPlan plan) {
    @Override
    public String toString() {
      return "CreateBulkJob.Command[" + entries.size() + " entries]";
    }
  }

  /// One recipient of a submission.
  ///
  /// @param to as the caller wrote it
  /// @param clientRef may be empty
  public record Entry(String to, String clientRef, PersonalContent own) {
    @Override
    public String toString() {
      return "CreateBulkJob.Entry";
    }
  }

  /// The accepted job and the first entries that were left out.
  public record Result(BulkJob job, List<RejectedEntry> rejected) {}
}
