package dev.carillon.application.billing;

import static dev.carillon.application.billing.Till.in;
import static dev.carillon.application.billing.Till.usd;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.domain.billing.Invoice;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import org.junit.jupiter.api.Test;

class GetBulkJobInvoiceTest {
  private final Till till = new Till().sms("0.05").credit("100");

  @Test
  void itemisesAJobByPriceAndComesToItsBilling() {
    till.price(true, in("ZW"), "0.02");
    till.carrier.answering(message ->
        message.ref().position() == 0
            ? new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "")
            : ScriptedCarrier.accept(message));
    BulkJob job = create(anSms("x".repeat(161)).to(3).to("+447911123456", "nobody"), till.live);
    till.house.workAll();

    GetBulkJobInvoice.Result invoice = invoice(job, till.live);

    assertThat(invoice.lines())
        .extracting(
            line -> line.price().amount(),
            line -> line.item().messages(),
            line -> line.item().parts(),
            line -> line.item().held(),
            line -> line.item().captured(),
            line -> line.item().refunded())
        .containsExactly(
            tuple(usd("0.02"), 3L, 6L, usd("0.12"), usd("0.08"), usd("0.04")),
            tuple(usd("0.05"), 1L, 2L, usd("0.10"), usd("0.10"), usd("0")));
    assertThat(invoice.total())
        .isEqualTo(new JobBilling(usd("0.22"), usd("0.18"), usd("0.04"), 8))
        .isEqualTo(now(job).billing());
    assertThat(invoice.plan()).isEqualTo(RefundPlan.DEFAULT);
    assertThat(till.available()).isEqualTo(usd("99.82"));
  }

  @Test
  void tellsWhatIsHeldBeforeAnythingIsSent() {
    BulkJob job = create(anSms("hello").to(9), till.live);

    GetBulkJobInvoice.Result invoice = invoice(job, till.live);

    assertThat(invoice.total()).isEqualTo(new JobBilling(usd("0.45"), usd("0"), usd("0"), 9));
    assertThat(invoice.settled()).isFalse();
  }

  @Test
  void keepsThePriceAtWhichTheJobWasAccepted() {
    BulkJob job = create(anSms("hello").to(2), till.live);
    till.sms("0.99");
    till.house.workAll();

    assertThat(invoice(job, till.live).lines())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.item().perPart()).isEqualTo(usd("0.05"));
          assertThat(line.item().captured()).isEqualTo(usd("0.10"));
        });
  }

  @Test
  void showsPricesOfTheConfigurationAsPricesWithoutANumber() {
    BulkJob job = create(anSms("x".repeat(161)).to(2), till.test);

    assertThat(invoice(job, till.test).lines())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.price().id()).isEqualTo(PriceId.NONE);
          assertThat(line.price().amount()).isEqualTo(usd("0.02"));
          assertThat(line.item())
              .extracting(Invoice.Item::parts, Invoice.Item::held)
              .containsExactly(4L, usd("0.08"));
        });
  }

  @Test
  void aStrangersJobIsNone() {
    BulkJob job = create(anSms("hello").to(2), till.live);

    for (Scope other : new Scope[] {till.test, till.house.store.newScope()}) {
      assertThat(catchThrowableOfType(DomainException.class, () -> invoice(job, other)).error())
          .isEqualTo(
              new DomainError.NotFound(
                  DomainError.NotFound.Kind.BULK_JOB, job.bulkId().toString()));
    }
  }

  private BulkJob create(Submission submission, Scope scope) {
    return till.house.createBulkJob.handle(submission.by(scope)).job();
  }

  private BulkJob now(BulkJob job) {
    return till.house.store.jobs().find(job.scope(), job.bulkId()).orElseThrow();
  }

  private GetBulkJobInvoice.Result invoice(BulkJob job, Scope scope) {
    return till.getBulkJobInvoice.handle(
        new GetBulkJobInvoice.Query(callerOf(scope), job.bulkId().toString()));
  }
}
