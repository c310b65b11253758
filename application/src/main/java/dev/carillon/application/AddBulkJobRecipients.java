package dev.carillon.application;

import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.Uploads.Upload;
import dev.carillon.application.port.Uploads.UploadedChunk;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UploadProgress;
import dev.carillon.domain.job.UploadReport;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Adds one chunk of recipients to an OPEN job. It is read and judged first, as far as it can be
/// alone; then it is compared, stored and counted in one transaction, under the lock of the job's
/// row. The same chunk sent again gets the same answer and adds nothing.
public final class AddBulkJobRecipients {
  private static final String ACTION = "add recipients to";
  private static final String ENTRIES = "entries";

  private final Transactions transactions;
  private final CreateBulkJob.Store store;
  private final CreateBulkJob.Knowledge knowledge;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final Limits limits;
  private final UploadLimits uploadLimits;

  public AddBulkJobRecipients(
      Transactions transactions,
      CreateBulkJob.Store store,
      CreateBulkJob.Knowledge knowledge,
      ProgressFeed feed,
      InstantSource clock,
      Limits limits,
      UploadLimits uploadLimits) {
    this.transactions = transactions;
    this.store = store;
    this.knowledge = knowledge;
    this.feed = feed;
    this.clock = clock;
    this.limits = limits;
    this.uploadLimits = uploadLimits;
  }

  /// The chunk, ready to be stored; nothing of it is yet. Throws a DomainException: InvalidFields,
  /// NotFound, IllegalTransition (the job is none that is uploaded), StoreUnavailable.
  public Chunk handle(Command command) {
    check(command);
    BulkId bulkId = Steering.parse(command.bulkId());
    Scope scope = command.caller().scope();
    Upload upload = store.uploads().find(scope, bulkId).orElseThrow(() -> notOpen(scope, bulkId));
    DispatchJob job = store.jobs().dispatchJob(upload.id()).orElseThrow();
    Pricing pricing = pricing(job, store.jobs().bill(upload.id()));
    Judge judge = judge(upload, job, pricing);
    byte[] fingerprint =
        new Fingerprint().audience(new Audience.Listed(ENTRIES, command.entries())).hash();
    return new Chunk(
        command.caller(),
        bulkId,
        command.sequence(),
        fingerprint,
        pricing,
        judge,
        judge.read(command.entries()));
  }

  private void check(Command command) {
    int size = command.entries().size();
    List<FieldViolation> violations = new ArrayList<>();
    if (command.sequence() < 1) {
      violations.add(new FieldViolation("sequence", "must be 1 or more"));
    }
    if (size < 1 || size > uploadLimits.recipientsPerChunk()) {
      violations.add(
          new FieldViolation(
              ENTRIES,
              "must contain 1 to "
                  + uploadLimits.recipientsPerChunk()
                  + " recipients, not "
                  + size));
    }
    InvalidFields.refuse(violations);
  }

  private Pricing pricing(DispatchJob job, Bill bill) {
    return knowledge
        .charging()
        .pricing(job.scope(), job.content().channel(), bill, clock.instant());
  }

  private Judge judge(Upload upload, DispatchJob job, Pricing pricing) {
    return Judges.of(
        Judges.Terms.of(job, upload.terms()),
        knowledge,
        pricing,
        limits.content(),
        new SeenInUpload(store.uploads(), upload.id()),
        clock.instant());
  }

  private DomainException notOpen(Scope scope, BulkId bulkId) {
    return store
        .jobs()
        .find(scope, bulkId)
        .map(job -> Steering.illegal(job, ACTION))
        .orElseGet(() -> GetBulkJob.notFound(bulkId.toString()));
  }

  /// A chunk of recipients for a job, by its public id.
  ///
  /// @param sequence its number, from 1
  public record Command(
      Caller caller, String bulkId, long sequence, List<CreateBulkJob.Entry> entries) {
    @Override
    public String toString() {
      return "AddBulkJobRecipients.Command[" + sequence + ", " + entries.size() + " entries]";
    }
  }

  /// What became of a chunk.
  ///
  /// @param rejected the first of its entries that were left out, by their positions in the job
  public record Result(
      JobId job, BulkId bulkId, UploadReport report, List<RejectedEntry> rejected) {}

  /// A chunk that is ready to be stored.
  public final class Chunk {
    private final Caller caller;
    private final BulkId bulkId;
    private final long sequence;
    private final byte[] fingerprint;
    private final Pricing pricing;
    private final Judge judge;
    private final Judge.Read read;

    private Chunk(
        Caller caller,
        BulkId bulkId,
        long sequence,
        byte[] fingerprint,
        Pricing pricing,
        Judge judge,
        Judge.Read read) {
      this.caller = caller;
      this.bulkId = bulkId;
      this.sequence = sequence;
      this.fingerprint = fingerprint;
      this.pricing = pricing;
      this.judge = judge;
      this.read = read;
    }

    /// What became of it; it is stored. Throws a DomainException: SequenceGap, SequenceReused,
    /// TooManyRecipients, IllegalTransition (the job is not OPEN), MaxCostExceeded, QuotaExceeded,
    /// NoCredit, BillingFailed, StoreUnavailable; then nothing of it was stored.
    public Result store() {
      Result result = transactions.inTransaction(this::place);
      feed.changed(result.job());
      return result;
    }

    private Result place() {
      Scope scope = caller.scope();
      Upload upload = store.uploads().lock(scope, bulkId).orElseThrow(() -> notOpen(scope, bulkId));
      UploadReport report =
          switch (upload.progress().place(sequence)) {
            case NEXT -> append(upload);
            case REPEATED -> repeated(upload.id());
            case GAP ->
                throw new DomainException(
                    new DomainError.SequenceGap(
                        bulkId.toString(), upload.progress().nextSequence(), sequence));
          };
      return new Result(upload.id(), bulkId, report, firstRejected(upload.id(), report));
    }

    private UploadReport append(Upload upload) {
      UploadProgress progress = upload.progress();
      if (upload.status() != JobStatus.OPEN) {
        throw new DomainException(
            new DomainError.IllegalTransition(bulkId.toString(), upload.status(), ACTION));
      }
      refuseIfFull(progress);
      List<PreparedMessage> judged = judge.compare(read);
      Bill before = store.jobs().bill(upload.id());
      JobWriter writer =
          new JobWriter(
              store,
              upload.id(),
              pricing.onto(before),
              limits,
              progress.messages(),
              progress.chunks());
      writer.append(judged);
      writer.end();
      UploadReport report = UploadReports.of(progress.nextSequence(), progress.messages(), judged);
      store.jobs().grow(upload.id(), writer.openChunks(), writer.parts(), writer.bill());
      UploadProgress after = progress.after(report, writer.chunks() - progress.chunks());
      store.uploads().add(upload.id(), after, report, fingerprint);
      hold(upload, before, writer);
      return report;
    }

    private void hold(Upload upload, Bill before, JobWriter writer) {
      Money more = writer.bill().total();
      SubmissionRules.refuseIfTooDear(before.total().plus(more), upload.terms().maxCost());
      knowledge.quotas().takeRecipients(caller.scope(), writer.accepted());
      knowledge
          .charging()
          .hold(
              new Charging.Order(caller.scope(), upload.id(), caller.principal()),
              more,
              writer.counted(),
              clock.instant());
    }

    private void refuseIfFull(UploadProgress progress) {
      if ((long) progress.messages() + read.messages().size() > uploadLimits.recipientsPerJob()) {
        throw tooMany("recipients", uploadLimits.recipientsPerJob());
      }
      if (progress.nextSequence() > uploadLimits.chunksPerJob()) {
        throw tooMany("chunks", uploadLimits.chunksPerJob());
      }
    }

    private DomainException tooMany(String what, int most) {
      return new DomainException(new DomainError.TooManyRecipients(bulkId.toString(), what, most));
    }

    private UploadReport repeated(JobId job) {
      UploadedChunk first =
          store
              .uploads()
              .chunk(job, Math.toIntExact(sequence))
              .orElseThrow(() -> new IllegalStateException("an uploaded chunk has disappeared"));
      if (!MessageDigest.isEqual(first.fingerprint(), fingerprint)) {
        throw new DomainException(new DomainError.SequenceReused(bulkId.toString(), sequence));
      }
      return first.report();
    }

    /// Read from what is stored, so that every answer is the first one.
    private List<RejectedEntry> firstRejected(JobId job, UploadReport report) {
      return report.rejected() == 0
          ? List.of()
          : store
              .messages()
              .rejectedWithin(job, report.first(), report.size(), uploadLimits.rejectedShown());
    }
  }
}
