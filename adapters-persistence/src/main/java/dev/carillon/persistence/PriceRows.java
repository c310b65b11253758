package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.PRICE;

import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import dev.carillon.persistence.schema.tables.records.PriceRecord;
import java.time.Instant;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;

/// Between rows of prices and the domain.
final class PriceRows {
  /// All that a price is made of.
  static final List<Field<?>> FIELDS =
      List.of(
          PRICE.ID,
          PRICE.BUSINESS_ID,
          PRICE.ENVIRONMENT,
          PRICE.CHANNEL,
          PRICE.COUNTRY,
          PRICE.PREFIX,
          PRICE.UNIT,
          PRICE.CURRENCY,
          PRICE.MICROS,
          PRICE.VALID_FROM,
          PRICE.VALID_TO);

  private PriceRows() {}

  static Price price(Record row) {
    Long business = row.get(PRICE.BUSINESS_ID);
    return new Price(
        new PriceId(row.get(PRICE.ID)),
        business == null ? null : new BusinessId(business),
        Environment.valueOf(row.get(PRICE.ENVIRONMENT)),
        Channel.valueOf(row.get(PRICE.CHANNEL)),
        new Destination(row.get(PRICE.COUNTRY), row.get(PRICE.PREFIX)),
        PriceUnit.of(row.get(PRICE.UNIT)),
        new Money(row.get(PRICE.CURRENCY), row.get(PRICE.MICROS)),
        row.get(PRICE.VALID_FROM),
        row.get(PRICE.VALID_TO));
  }

  /// A row without a number.
  static PriceRecord toRow(Price price, String createdBy, Instant now) {
    BusinessId business = price.business();
    PriceRecord row = new PriceRecord();
    row.setBusinessId(business == null ? null : business.value());
    row.setEnvironment(price.environment().name());
    row.setChannel(price.channel().name());
    row.setCountry(price.destination().country());
    row.setPrefix(price.destination().prefix());
    row.setUnit((short) price.unit().code());
    row.setCurrency(price.amount().currency());
    row.setMicros(price.amount().micros());
    row.setValidFrom(price.validFrom());
    row.setValidTo(price.validTo());
    row.setCreatedBy(createdBy);
    row.setCreatedAt(now);
    return row;
  }
}
