package dev.carillon.application.contract;

import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Scope;
import java.util.function.Supplier;

/// What is told outward by one store, behind its ports, as the contract suites need it. Nobody else
/// may number or lease while a suite runs.
///
/// @param newScope makes a business that nobody else uses, and answers its LIVE scope
/// @param concurrent whether transactions of several threads run at the same time
public record EventPorts(
    Transactions transactions,
    Outbox outbox,
    EventLog events,
    WebhookEndpoints endpoints,
    WebhookDeliveries deliveries,
    Supplier<Scope> newScope,
    boolean concurrent) {}
