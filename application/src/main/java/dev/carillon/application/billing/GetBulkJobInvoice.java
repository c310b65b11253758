package dev.carillon.application.billing;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.ChunkRepository.BilledChunk;
import dev.carillon.application.port.JobRecords;
import dev.carillon.application.port.Prices;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Invoice;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Itemises what a job costs, by price, as it was at one moment.
public final class GetBulkJobInvoice {
  private static final int CHUNKS_AT_ONCE = 100;

  private final Transactions transactions;
  private final JobRecords records;
  private final BulkJobRepository jobs;
  private final ChunkRepository chunks;
  private final Prices prices;

  public GetBulkJobInvoice(
      Transactions transactions,
      JobRecords records,
      BulkJobRepository jobs,
      ChunkRepository chunks,
      Prices prices) {
    this.transactions = transactions;
    this.records = records;
    this.jobs = jobs;
    this.chunks = chunks;
    this.prices = prices;
  }

  /// The invoice; throws a DomainException with NotFound when the job does not exist or is another
  /// tenant's.
  public Result handle(Query query) {
    return transactions.inTransaction(() -> {
      BulkJob job = find(query);
      Invoice invoice = new Invoice();
      List<BilledChunk> page = chunks.billed(job.id(), -1, CHUNKS_AT_ONCE);
      while (!page.isEmpty()) {
        page.forEach(billed -> invoice.add(billed.money(), billed.chunk().statuses()));
        page = following(job.id(), page);
      }
      return result(job, jobs.bill(job.id()), invoice);
    });
  }

  /// Asked first, so that all of the transaction is one moment.
  private BulkJob find(Query query) {
    return BulkId.parse(query.bulkId())
        .flatMap(records::job)
        .filter(job -> job.scope().equals(query.caller().scope()))
        .orElseThrow(() -> KnownJobs.notFound(query.bulkId()));
  }

  private List<BilledChunk> following(JobId job, List<BilledChunk> page) {
    return chunks.billed(job, page.getLast().chunk().key().number(), CHUNKS_AT_ONCE);
  }

  private Result result(BulkJob job, Bill bill, Invoice invoice) {
    List<Invoice.Item> items = invoice.items(bill);
    Map<PriceId, Price> known = known(items);
    JobBilling total = Invoice.total(bill.currency(), items);
    return new Result(
        job.bulkId(),
        items.stream()
            .map(item -> new Line(known.getOrDefault(item.price(), configured(job, item)), item))
            .toList(),
        new JobBilling(total.held(), total.captured(), total.refunded(), job.billing().parts()),
        bill.plan(),
        job.life().settledAt() != null);
  }

  private Map<PriceId, Price> known(List<Invoice.Item> items) {
    List<Long> ids =
        items.stream()
            .map(item -> item.price().value())
            .filter(id -> id != PriceId.NONE.value())
            .toList();
    return ids.isEmpty()
        ? Map.of()
        : prices.byId(ids).stream().collect(Collectors.toMap(Price::id, Function.identity()));
  }

  /// A price of the configuration, as it was when the messages were accepted.
  private static Price configured(BulkJob job, Invoice.Item item) {
    return new Price(
        item.price(),
        null,
        job.scope().environment(),
        job.submission().channel(),
        Destination.ANY,
        PriceUnit.PART,
        item.perPart(),
        Instant.EPOCH,
        null);
  }

  /// Which job, by its public id.
  public record Query(Caller caller, String bulkId) {}

  /// The invoice.
  ///
  /// @param total what the lines come to
  /// @param plan what is given back, as it was at acceptance
  /// @param settled whether nothing of it can move any more
  public record Result(
      BulkId bulkId, List<Line> lines, JobBilling total, RefundPlan plan, boolean settled) {}

  /// What the messages with one price come to.
  public record Line(Price price, Invoice.Item item) {}
}
