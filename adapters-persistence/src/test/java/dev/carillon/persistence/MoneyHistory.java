package dev.carillon.persistence;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.billing.TopUp;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.RetrySelection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A random history of one business, of whose jobs others do random things at the same time: its
/// clients submit, upload, steer and pay, and [MoneyWork] does what the house does.
final class MoneyHistory {
  private static final int STEPS = 4;
  private static final int REFERENCES = 40;
  private static final int FEW = 10;
  private static final RetrySelection ALL =
      new RetrySelection(RetrySelection.RETRYABLE, Set.of(), true);

  private final MoneyCaller caller;
  private final MoneyWork work;
  private final Shop shop;
  private final MoneySubmissions submissions;

  MoneyHistory(MoneyCaller caller, MoneyWork work, Shop shop) {
    this.caller = caller;
    this.work = work;
    this.shop = shop;
    this.submissions = new MoneySubmissions(caller.random());
  }

  /// Does it all.
  void run() {
    submit();
    for (int step = 0; step < STEPS; step++) {
      step();
    }
  }

  private void step() {
    switch (caller.random().nextInt(40)) {
      case 0, 1, 2, 3, 4 -> submit();
      case 5, 6 -> upload();
      case 7, 8 -> topUp();
      case 9 -> steer(this::pause);
      case 10, 11 -> steer(this::resume);
      case 12, 13 -> steer(this::cancel);
      case 14, 15, 16 -> steer(this::retry);
      case 17 -> endASession();
      case 18 -> hearLateOfWhatNothingPays();
      default -> work.step(shop);
    }
  }

  private void endASession() {
    if (caller.oneIn(2)) {
      caller.endASession();
    }
  }

  private void submit() {
    CreateBulkJob.Command command = submissions.any(shop, false, caller);
    daring("submit", () -> know(caller.node.create.handle(command).job()));
  }

  private void upload() {
    CreateBulkJob.Command command = submissions.any(shop, true, caller);
    StoredJob[] open = new StoredJob[1];
    daring("open", () -> open[0] = known(caller.node.create.handle(command).job(), 0));
    if (open[0] == null) {
      return;
    }
    String bulkId = open[0].bulkId().toString();
    int chunks = caller.random().nextInt(4);
    int sequence = 1;
    Content content = new SmsContent("", "");
    for (int chunk = 0; chunk < chunks; chunk++) {
      AddBulkJobRecipients.Command more =
          new AddBulkJobRecipients.Command(
              shop.caller(), bulkId, sequence, submissions.entries(content, MoneyNode.CHUNK));
      boolean[] added = new boolean[1];
      daring(
          "add",
          () -> {
            caller.node.add.handle(more).store();
            added[0] = true;
          });
      sequence += added[0] ? 1 : 0;
    }
    shop.know(
        new StoredJob(
            open[0].id(),
            open[0].bulkId(),
            shop.scope(),
            Math.max(1, (sequence - 1) * MoneyNode.CHUNK),
            MoneyNode.CHUNK));
    daring(
        "start",
        () ->
            caller.node.start.handle(
                new StartBulkJob.Command(shop.caller(), bulkId, "", OptionalLong.empty())));
  }

  /// The same reference comes again and again, with the same amount or another; some take back what
  /// came in.
  private void topUp() {
    int number = caller.random().nextInt(REFERENCES);
    long micros =
        caller.oneIn(5)
            ? -caller.random().nextInt(shop.mostTopUp() / 4) - 1
            : caller.random().nextInt(shop.mostTopUp()) + 1;
    topUp(caller.oneIn(3) ? "invoice-" + number : requestId(), micros);
  }

  private void topUp(String reference, long micros) {
    TopUp.Command command =
        new TopUp.Command(
            shop.caller(),
            requestId(),
            shop.caller().scope().business(),
            reference,
            new Money("USD", micros));
    daring("top up", () -> caller.node.topUp.handle(command));
  }

  /// All that is left is taken out, and then messages turn out to have been delivered.
  private void hearLateOfWhatNothingPays() {
    shop.jobs().stream()
        .limit(FEW)
        .forEach(job -> {
          caller
              .database
              .forHouse()
              .ledger()
              .balance(shop.scope())
              .map(balance -> balance.available().micros())
              .filter(available -> available > 0)
              .ifPresent(available -> topUp(requestId(), -available));
          work.lateEvidence(job.id());
        });
  }

  private void pause(StoredJob job) {
    PauseBulkJob.Command command =
        new PauseBulkJob.Command(shop.caller(), job.bulkId().toString(), "");
    daring("pause", () -> caller.node.pause.handle(command));
  }

  private void resume(StoredJob job) {
    ResumeBulkJob.Command command =
        new ResumeBulkJob.Command(shop.caller(), job.bulkId().toString(), "");
    daring("resume", () -> caller.node.resume.handle(command));
  }

  private void cancel(StoredJob job) {
    CancelBulkJob.Command command =
        new CancelBulkJob.Command(shop.caller(), job.bulkId().toString(), requestId());
    daring("cancel", () -> caller.node.cancel.handle(command));
  }

  private void retry(StoredJob job) {
    RetrySelection selection = caller.oneIn(2) ? RetrySelection.DEFAULT : ALL;
    RetryBulkJob.Command command =
        new RetryBulkJob.Command(
            shop.caller(), job.bulkId().toString(), requestId(), "", selection);
    daring("retry", () -> know(caller.node.retry.handle(command)));
  }

  private interface Steer {
    void by(StoredJob job);
  }

  private void steer(Steer steer) {
    @Nullable StoredJob job = shop.anyJob(caller.random());
    if (job != null) {
      steer.by(job);
    }
  }

  private void know(BulkJob job) {
    shop.know(known(job, Math.toIntExact(job.counters().total())));
  }

  private StoredJob known(BulkJob job, int size) {
    return new StoredJob(job.id(), job.bulkId(), shop.scope(), size, MoneyNode.CHUNK);
  }

  /// Calls, and calls again where nobody heard what came of it, as callers do; or gives up.
  private void daring(String what, Runnable call) {
    Runnable bound = () -> caller.database.tenancy().run(shop.scope(), call);
    boolean heard = caller.dare(what, bound);
    if (!heard && caller.oneIn(2)) {
      caller.surely(what + " again", bound);
    }
  }

  private String requestId() {
    return new UUID(caller.random().nextLong(), caller.random().nextLong()).toString();
  }
}
