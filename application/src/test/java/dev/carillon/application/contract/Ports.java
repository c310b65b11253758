package dev.carillon.application.contract;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.DeliveryLog;
import dev.carillon.application.port.IdempotencyKeys;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.Prices;
import dev.carillon.application.port.Suppressions;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.Uploads;
import dev.carillon.domain.business.Scope;
import java.util.function.Supplier;

/// One store behind its ports, as a contract suite needs it. Nobody else may work with the store's
/// jobs while a suite runs: leases are taken over all scopes.
///
/// @param newScope makes a business that nobody else uses, and answers its LIVE scope; its TEST
///   scope must work too
/// @param concurrent whether transactions of several threads run at the same time; a store that
///   serialises them skips the tests that need two open transactions
public record Ports(
    Transactions transactions,
    BulkJobRepository jobs,
    ChunkRepository chunks,
    MessageRepository messages,
    Uploads uploads,
    DeliveryLog log,
    IdempotencyKeys keys,
    Suppressions suppressions,
    CarrierNumbers carrierNumbers,
    CarrierMessages carrierMessages,
    Ledger ledger,
    Prices prices,
    Supplier<Scope> newScope,
    boolean concurrent) {}
