package dev.carillon.application;

import dev.carillon.application.billing.Charging;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetrySelection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sends what failed of an ended job once more, as a job of its own that is linked to it, at the
/// prices of the ended one. The ended job's row is locked meanwhile, so that two retries never take
/// the same message.
public final class RetryBulkJob {
  private static final String METHOD = "RetryBulkJob";
  private static final String BULK_ID = "bulk_id";
  private static final String NAME = "name";
  private static final String NEVER_OPENS =
      "its send_window does not open within the greatest age of a job, wherever its recipients"
          + " live: retry it later";

  private final Idempotency idempotency;
  private final CreateBulkJob.Store store;
  private final Knowledge knowledge;
  private final ProgressFeed feed;
  private final IdSource ids;
  private final InstantSource clock;
  private final Limits limits;

  public RetryBulkJob(
      Idempotency idempotency,
      CreateBulkJob.Store store,
      Knowledge knowledge,
      ProgressFeed feed,
      IdSource ids,
      InstantSource clock,
      Limits limits) {
    this.idempotency = idempotency;
    this.store = store;
    this.knowledge = knowledge;
    this.feed = feed;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
  }

  /// The new job, or the same answer as before for a request id that was seen. Throws a
  /// DomainException: InvalidFields, NotFound, IllegalTransition (the job has not ended),
  /// NothingToRetry, NoCarrier, RequestIdReused, QuotaExceeded, NoCredit, BillingFailed; then
  /// nothing was stored.
  public BulkJob handle(Command command) {
    check(command);
    BulkId parent = Steering.parse(command.bulkId());
    BulkJob child =
        idempotency.once(
            request(command, parent),
            () -> retry(command, parent),
            answer -> show(command, answer));
    feed.changed(child.id());
    return child;
  }

  private static void check(Command command) {
    List<FieldViolation> violations = new ArrayList<>();
    JobNames.check("name", command.name(), violations);
    InvalidFields.refuse(violations);
  }

  private static Idempotency.Request request(Command command, BulkId parent) {
    RetrySelection selection = command.selection();
    Fingerprint fingerprint =
        new Fingerprint()
            .text(parent.toString())
            .text(command.name())
            .names(selection.statuses())
            .names(selection.reasons())
            .number(selection.inDoubt() ? 1 : 0);
    return new Idempotency.Request(
        command.caller().scope(), METHOD, command.requestId(), fingerprint.hash());
  }

  private Map<String, String> retry(Command command, BulkId bulkId) {
    BulkJob parent =
        store
            .jobs()
            .lock(command.caller().scope(), bulkId)
            .orElseThrow(() -> GetBulkJob.notFound(bulkId.toString()));
    if (!parent.done()) {
      throw Steering.illegal(parent, "retry");
    }
    knowledge.quotas().look(command.caller());
    Bill bill = knowledge.charging().again(store.jobs().bill(parent.id()));
    RetryCopy copy =
        new RetryCopy(store, parent.id(), command.selection(), limits.chunkSize(), bill);
    List<Retryable> first = copy.nextPage();
    if (first.isEmpty()) {
      throw new DomainException(new DomainError.NothingToRetry(bulkId.toString()));
    }
    NewBulkJob child = child(command, parent, bill);
    JobId id = store.jobs().nextId();
    store.jobs().insert(id, child);
    copy.into(id, first);
    knowledge.quotas().take(command.caller(), copy.copied());
    knowledge
        .charging()
        .hold(
            new Charging.Order(parent.scope(), id, command.caller().principal()),
            copy.total(),
            new Charging.Counted(copy.copied(), 0),
            child.createdAt());
    return Map.of(BULK_ID, child.bulkId().toString(), NAME, child.submission().name());
  }

  private NewBulkJob child(Command command, BulkJob parent, Bill bill) {
    DispatchJob same = store.jobs().dispatchJob(parent.id()).orElseThrow();
    Instant now = clock.instant();
    DispatchPlan plan = plan(parent.submission().plan(), now);
    return new NewBulkJob(
        ids.nextBulkId(now),
        parent.scope(),
        submission(command, parent, provider(parent), plan),
        same.content(),
        same.composition(),
        AcceptedJob.status(plan),
        bill.of(Money.zero(bill.currency())),
        0,
        0,
        now);
  }

  private static BulkJob.Submission submission(
      Command command, BulkJob parent, String provider, DispatchPlan plan) {
    BulkJob.Submission given = parent.submission();
    return new BulkJob.Submission(
        command.name().isBlank() ? JobNames.ofRetry(given.name()) : command.name(),
        given.channel(),
        given.priority(),
        given.labels(),
        command.caller().principal(),
        provider,
        parent.bulkId(),
        plan,
        given.template(),
        given.told());
  }

  /// What its parent's messages went by may be gone.
  private String provider(BulkJob parent) {
    Channel channel = parent.submission().channel();
    return knowledge
        .carriers()
        .routes(parent.scope(), channel)
        .main()
        .orElseThrow(() -> new DomainException(new DomainError.NoCarrier(channel.label())))
        .value();
  }

  /// As its parent's, but at once, and with a time of its own.
  private DispatchPlan plan(DispatchPlan given, Instant now) {
    DispatchPlan plan =
        new DispatchPlan(
            null,
            now.plus(limits.maxAge()),
            given.window(),
            given.ratePerSecond(),
            given.misfire(),
            given.unknown(),
            given.failurePercent());
    if (!plan.leavesTime(now)) {
      InvalidFields.refuse(List.of(new FieldViolation(BULK_ID, NEVER_OPENS)));
    }
    return plan;
  }

  private BulkJob show(Command command, Map<String, String> answer) {
    BulkJob job =
        BulkId.parse(answer.getOrDefault(BULK_ID, ""))
            .flatMap(bulkId -> store.jobs().find(command.caller().scope(), bulkId))
            .orElseThrow(() -> new IllegalStateException("a retry has disappeared"));
    return AcceptedJob.of(job, answer.getOrDefault(NAME, ""), job.submission().plan());
  }

  /// What has to be known to send, to charge and to count it.
  public record Knowledge(Carriers carriers, Charging charging, SubmissionQuotas quotas) {}

  /// What to send once more of which job.
  ///
  /// @param requestId may be empty
  /// @param name of the new job; may be empty
  public record Command(
      Caller caller, String bulkId, String requestId, String name, RetrySelection selection) {}
}
