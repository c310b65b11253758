package dev.carillon.persistence;

import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.BindSlots;
import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.ContactHistory;
import dev.carillon.application.port.Credentials;
import dev.carillon.application.port.DeliveryLog;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FrozenSessions;
import dev.carillon.application.port.IdempotencyKeys;
import dev.carillon.application.port.JobFronts;
import dev.carillon.application.port.JobRecords;
import dev.carillon.application.port.Leadership;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.Permits;
import dev.carillon.application.port.Prices;
import dev.carillon.application.port.Quotas;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.application.port.Retention;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.Suppressions;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.Uploads;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.application.port.WebhookKeyMark;
import java.time.InstantSource;

/// All stores over one pool of connections; their calls inside one transaction are one fact.
public record Stores(
    Transactions transactions,
    BulkJobRepository jobs,
    ChunkRepository chunks,
    MessageRepository messages,
    RecipientRepository recipients,
    RecipientImports imports,
    RecipientGroupRepository groups,
    Audiences audiences,
    TemplateRepository templates,
    Uploads uploads,
    Erasures erasures,
    ContactHistory history,
    DeliveryLog log,
    CarrierNumbers carrierNumbers,
    CarrierMessages carrierMessages,
    BindSlots bindSlots,
    Ledger ledger,
    Prices prices,
    Outbox outbox,
    EventLog events,
    WebhookEndpoints endpoints,
    WebhookDeliveries deliveries,
    WebhookKeyMark webhookKey,
    IdempotencyKeys keys,
    Suppressions suppressions,
    Credentials credentials,
    Businesses businesses,
    ApiKeys apiKeys,
    AuditTrail trail,
    Permits permits,
    Quotas quotas,
    FlowLimits limits,
    Leadership leadership,
    StoreWitness witness,
    JobRecords records,
    Retention retention,
    FrozenSessions frozen,
    JobFronts fronts) {

  /// @param news what all stores of this process share about its outbox
  static Stores over(JooqTransactions transactions, InstantSource clock, OutboxNews news) {
    return new Stores(
        transactions,
        new JooqBulkJobRepository(transactions),
        new JooqChunkRepository(transactions, clock),
        new JooqMessageRepository(transactions),
        new JooqRecipientRepository(transactions),
        new JooqRecipientImports(transactions),
        new JooqRecipientGroupRepository(transactions),
        new JooqAudiences(transactions),
        new JooqTemplateRepository(transactions),
        new JooqUploads(transactions),
        new JooqErasures(transactions, new Uuid7Ids()),
        new JooqContactHistory(transactions),
        new JooqDeliveryLog(transactions, clock),
        new JooqCarrierNumbers(transactions),
        new JooqCarrierMessages(transactions, clock),
        new JooqBindSlots(transactions),
        new JooqLedger(transactions),
        new JooqPrices(transactions),
        new JooqOutbox(transactions, news),
        new JooqEventLog(transactions, news),
        new JooqWebhookEndpoints(transactions),
        new JooqWebhookDeliveries(transactions, news),
        new JooqWebhookKeyMark(transactions),
        new JooqIdempotencyKeys(transactions),
        new JooqSuppressions(transactions),
        new JooqCredentials(transactions, clock),
        new JooqBusinesses(transactions),
        new JooqApiKeys(transactions),
        new JooqAuditTrail(transactions),
        new JooqPermits(transactions),
        new JooqQuotas(transactions),
        new JooqFlowLimits(transactions),
        new JooqLeadership(transactions),
        new JooqStoreWitness(transactions),
        new JooqJobRecords(
            transactions, new JooqBulkJobRepository(transactions), new JooqLedger(transactions)),
        new JooqRetention(transactions),
        new JooqFrozenSessions(transactions),
        new JooqJobFronts(transactions));
  }
}
