package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CARRIER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.domain.delivery.CarrierId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.impl.SQLDataType;

/// The numbers of carriers in PostgreSQL, where they never change, so that each is asked for once.
/// A new one is given apart from the running transaction: what that comes to, others may know it by
/// then.
final class JooqCarrierNumbers implements CarrierNumbers {
  private final JooqTransactions transactions;
  private final Map<CarrierId, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Integer, CarrierId> carriers = new ConcurrentHashMap<>();

  JooqCarrierNumbers(JooqTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public int of(CarrierId carrier) {
    Integer known = numbers.get(carrier);
    if (known != null) {
      return known;
    }
    load();
    Integer stored = numbers.get(carrier);
    return stored == null ? given(carrier) : stored;
  }

  @Override
  public Optional<CarrierId> named(int number) {
    CarrierId known = carriers.get(number);
    if (known == null) {
      load();
    }
    return Optional.ofNullable(carriers.get(number));
  }

  /// There are at most 255 of them.
  private void load() {
    transactions
        .sql()
        .select(CARRIER.NUMBER, CARRIER.ID)
        .from(CARRIER)
        .forEach(row -> keep(row.value1(), new CarrierId(row.value2())));
  }

  private int given(CarrierId carrier) {
    Short number =
        transactions
            .apart()
            .select(field("carrier_number({0})", SQLDataType.SMALLINT, val(carrier.value())))
            .fetchSingle(row -> row.value1());
    if (number == null) {
      throw new IllegalStateException("no number is left for another carrier");
    }
    keep(number, carrier);
    return number;
  }

  private void keep(int number, CarrierId carrier) {
    numbers.put(carrier, number);
    carriers.put(number, carrier);
  }
}
