package dev.carillon.application.memory;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A whole store in memory: every port over the same tables, one transaction at a time, and all of
/// a transaction undone when it throws.
public final class InMemoryStore implements Transactions {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final AtomicLong businesses = new AtomicLong();
  private final InMemoryWitness witness = new InMemoryWitness();
  private final InMemoryBulkJobs jobs;
  private final InMemoryChunks chunks;
  private final InMemoryMessages messages;
  private final InMemoryDeliveryLog log;
  private final InMemoryErasures erasures;
  private final InMemoryContactHistory history;
  private final InMemoryOutbox outbox;
  private final InMemoryEndpoints endpoints = new InMemoryEndpoints(this);
  private final InMemoryDeliveries deliveries;
  private final InMemoryEvents events;
  private final InMemoryIdempotencyKeys keys;
  private final InMemoryRecipients recipients;
  private final InMemoryRecipientImports imports;
  private final InMemoryRecipientGroups groups;
  private final InMemoryJobRecords records;
  private final InMemoryJobFronts fronts;
  private final InMemoryTemplates templates = new InMemoryTemplates(this);
  private final InMemoryBusinesses tenants = new InMemoryBusinesses(this, this::nextBusiness);
  private final InMemoryApiKeys apiKeys = new InMemoryApiKeys(this);
  private final InMemoryAuditTrail trail = new InMemoryAuditTrail(this);
  private final InMemoryUploads uploads;
  private final InMemoryPermits permits;
  private final InMemoryQuotas quotas;
  private final InMemoryFlowLimits limits = new InMemoryFlowLimits();
  private final InMemoryLeadership leadership;
  private final InMemoryAudiences audiences;
  private final InMemoryLedger ledger;
  private final InMemoryPrices prices = new InMemoryPrices(this);
  private final InMemorySuppressions suppressions;
  private final InMemoryCarrierNumbers carrierNumbers = new InMemoryCarrierNumbers();
  private final InMemoryCarrierMessages carrierMessages;
  private final InMemoryBindSlots bindSlots;
  private volatile boolean unavailable;
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final AtomicInteger collisions = new AtomicInteger();
  private final AtomicLong commits = new AtomicLong();

  /// An empty store whose leases go by this clock.
  public InMemoryStore(InstantSource leaseClock) {
    this.jobs = new InMemoryBulkJobs(this, witness);
    this.chunks = new InMemoryChunks(this, jobs, witness, leaseClock);
    this.log = new InMemoryDeliveryLog(this);
    this.messages = new InMemoryMessages(this, jobs, chunks, log);
    log.readMessagesFrom(messages);
    HandedOver handedOver = new HandedOver(jobs, chunks, messages, log, carrierNumbers);
    this.carrierMessages = new InMemoryCarrierMessages(this, handedOver, leaseClock);
    log.tellIdsTo(carrierMessages);
    this.suppressions = new InMemorySuppressions(this, jobs, messages, handedOver, leaseClock);
    this.bindSlots = new InMemoryBindSlots(leaseClock);
    this.erasures = new InMemoryErasures(this, jobs, chunks, messages, log, carrierMessages);
    this.history = new InMemoryContactHistory(this, jobs, messages);
    this.outbox = new InMemoryOutbox(this, jobs, carrierNumbers);
    this.deliveries = new InMemoryDeliveries(this, endpoints, outbox, leaseClock);
    this.events = new InMemoryEvents(this, outbox, deliveries, messages, leaseClock);
    this.keys = new InMemoryIdempotencyKeys(this);
    this.recipients = new InMemoryRecipients(this);
    this.imports = new InMemoryRecipientImports(this);
    this.groups = new InMemoryRecipientGroups(this, recipients);
    this.audiences = new InMemoryAudiences(recipients, groups);
    recipients.readMembersFrom(groups::of);
    this.uploads = new InMemoryUploads(this, jobs);
    this.permits = new InMemoryPermits(leaseClock);
    this.quotas = new InMemoryQuotas(this, leaseClock);
    this.leadership = new InMemoryLeadership(leaseClock);
    this.ledger = new InMemoryLedger(this, jobs);
    this.records = new InMemoryJobRecords(this, jobs, chunks, messages, log, ledger);
    this.fronts = new InMemoryJobFronts(this, jobs, chunks, witness);
    jobs.readChunksFrom(chunks);
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    if (isInTransaction()) {
      return work.get();
    }
    if (unavailable) {
      throw new DomainException(new DomainError.StoreUnavailable(TRY_AGAIN));
    }
    lock.lock();
    try {
      if (collisions.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        var _ = work.get();
        rollBack();
      }
      T result = work.get();
      undo.clear();
      commits.incrementAndGet();
      if (lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new AnswerLost();
      }
      return result;
    } catch (AnswerLost lost) {
      throw new DomainException(new DomainError.StoreUnavailable(TRY_AGAIN));
    } catch (RuntimeException | Error failure) {
      rollBack();
      throw failure;
    } finally {
      lock.unlock();
    }
  }

  /// Looks at something between transactions, which is not one itself.
  <T> T look(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the calling thread is inside a transaction.
  public boolean isInTransaction() {
    return lock.isHeldByCurrentThread();
  }

  /// How many transactions have been committed, single calls included.
  public long commits() {
    return commits.get();
  }

  /// Makes every later transaction fail as if the store were down, or work again.
  public void setUnavailable(boolean down) {
    unavailable = down;
  }

  /// Has the next transaction be committed and its caller hear that the store is down, as if the
  /// answer to the COMMIT were lost.
  public void loseNextAnswer() {
    lostAnswers.incrementAndGet();
  }

  /// Has the next transaction be undone when its work is done, and tried once more, as if it had
  /// met another.
  public void collideNext() {
    collisions.incrementAndGet();
  }

  public InMemoryBulkJobs jobs() {
    return jobs;
  }

  public InMemoryChunks chunks() {
    return chunks;
  }

  public InMemoryMessages messages() {
    return messages;
  }

  public InMemoryAudiences audiences() {
    return audiences;
  }

  public InMemoryDeliveryLog log() {
    return log;
  }

  public InMemoryErasures erasures() {
    return erasures;
  }

  public InMemoryContactHistory history() {
    return history;
  }

  public InMemoryOutbox outbox() {
    return outbox;
  }

  public InMemoryEvents events() {
    return events;
  }

  public InMemoryEndpoints endpoints() {
    return endpoints;
  }

  public InMemoryDeliveries deliveries() {
    return deliveries;
  }

  public InMemoryRecipients recipients() {
    return recipients;
  }

  public InMemoryRecipientImports imports() {
    return imports;
  }

  public InMemoryRecipientGroups groups() {
    return groups;
  }

  public InMemoryIdempotencyKeys keys() {
    return keys;
  }

  public InMemoryTemplates templates() {
    return templates;
  }

  public InMemoryBusinesses businesses() {
    return tenants;
  }

  public InMemoryApiKeys apiKeys() {
    return apiKeys;
  }

  public InMemoryAuditTrail trail() {
    return trail;
  }

  public InMemoryUploads uploads() {
    return uploads;
  }

  public InMemorySuppressions suppressions() {
    return suppressions;
  }

  public InMemoryCarrierNumbers carrierNumbers() {
    return carrierNumbers;
  }

  public InMemoryCarrierMessages carrierMessages() {
    return carrierMessages;
  }

  public InMemoryBindSlots bindSlots() {
    return bindSlots;
  }

  public InMemoryLedger ledger() {
    return ledger;
  }

  public InMemoryPrices prices() {
    return prices;
  }

  public InMemoryWitness witness() {
    return witness;
  }

  public InMemoryJobRecords records() {
    return records;
  }

  public InMemoryJobFronts fronts() {
    return fronts;
  }

  public InMemoryPermits permits() {
    return permits;
  }

  public InMemoryQuotas quotas() {
    return quotas;
  }

  public InMemoryFlowLimits limits() {
    return limits;
  }

  public InMemoryLeadership leadership() {
    return leadership;
  }

  /// The LIVE scope of a business that nobody else uses.
  public Scope newScope() {
    return new Scope(nextBusiness(), Environment.LIVE);
  }

  private BusinessId nextBusiness() {
    return new BusinessId(businesses.incrementAndGet());
  }

  /// This store as the contract suites need it.
  public Ports ports() {
    return new Ports(
        this,
        jobs,
        chunks,
        messages,
        uploads,
        log,
        keys,
        suppressions,
        carrierNumbers,
        carrierMessages,
        ledger,
        prices,
        this::newScope,
        false);
  }

  /// What this store tells outward, as the contract suites need it.
  public EventPorts eventPorts() {
    return new EventPorts(this, outbox, events, endpoints, deliveries, this::newScope, false);
  }

  <K, V> void put(Map<K, V> table, K key, V row) {
    V before = table.put(key, row);
    undo.push(() -> {
      if (before == null) {
        table.remove(key);
      } else {
        table.put(key, before);
      }
    });
  }

  <V> void add(List<V> table, V row) {
    table.add(row);
    undo.push(table::removeLast);
  }

  void undoBy(Runnable step) {
    undo.push(step);
  }

  void requireTransaction() {
    if (!isInTransaction()) {
      throw new IllegalStateException("only inside a transaction");
    }
  }

  /// Made, but nobody hears of it.
  private static final class AnswerLost extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void rollBack() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
