package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.PRICE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Prices.PriceFilter;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.persistence.schema.tables.Price;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// Which prices concern a business, and in which order they are listed.
final class PriceLists {
  /// Who everybody's prices belong to, in [#owner].
  static final long NOBODY = 0;

  private static final Price OWN = PRICE.as("own");
  private static final Price LAST = PRICE.as("last");

  private PriceLists() {}

  static Page<dev.carillon.domain.billing.Price> page(
      DSLContext sql, PriceFilter filter, PageRequest page) {
    Condition wanted = matches(filter);
    List<dev.carillon.domain.billing.Price> prices =
        sql.select(PriceRows.FIELDS)
            .from(PRICE)
            .where(wanted)
            .and(after(page))
            .orderBy(place(PRICE), PRICE.COUNTRY, PRICE.PREFIX, PRICE.VALID_FROM, PRICE.ID)
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch(PriceRows::price);
    return Pages.of(prices, price -> price.id().value(), page, sql.fetchCount(PRICE, wanted));
  }

  /// The index over prices begins with it.
  static Field<Long> owner(Price price) {
    return coalesce(price.BUSINESS_ID, inline(NOBODY));
  }

  static Condition isOwnOrGeneral(Price price, Scope scope) {
    return owner(price)
        .in(inline(NOBODY), val(scope.business().value()))
        .and(price.ENVIRONMENT.eq(scope.environment().name()));
  }

  static Condition holdsAt(Price price, Instant at) {
    return price.VALID_FROM.le(at).and(price.VALID_TO.isNull().or(price.VALID_TO.gt(at)));
  }

  /// Whether it ever held or will.
  static Condition isAlive(Price price) {
    return price.VALID_TO.isNull().or(price.VALID_TO.gt(price.VALID_FROM));
  }

  private static Condition matches(PriceFilter filter) {
    Condition matches =
        isOwnOrGeneral(PRICE, filter.scope())
            .and(PRICE.CURRENCY.eq(filter.currency()))
            .and(isAlive(PRICE));
    Channel channel = filter.channel();
    if (channel != null) {
      matches = matches.and(PRICE.CHANNEL.eq(channel.name()));
    }
    Instant at = filter.at();
    return at == null
        ? matches
        : matches
            .and(holdsAt(PRICE, at))
            .and(PRICE.BUSINESS_ID.isNotNull().or(noneOwn(filter, at)));
  }

  /// Whether the business has no price of its own in place of a price.
  private static Condition noneOwn(PriceFilter filter, Instant at) {
    return notExists(
        selectOne()
            .from(OWN)
            .where(OWN.BUSINESS_ID.eq(filter.scope().business().value()))
            .and(
                row(OWN.ENVIRONMENT, OWN.CURRENCY, OWN.CHANNEL, OWN.COUNTRY, OWN.PREFIX)
                    .eq(
                        PRICE.ENVIRONMENT,
                        PRICE.CURRENCY,
                        PRICE.CHANNEL,
                        PRICE.COUNTRY,
                        PRICE.PREFIX))
            .and(holdsAt(OWN, at)));
  }

  private static Condition after(PageRequest page) {
    return page.after().isEmpty()
        ? noCondition()
        : row(place(PRICE), PRICE.COUNTRY, PRICE.PREFIX, PRICE.VALID_FROM, PRICE.ID)
            .gt(
                select(place(LAST), LAST.COUNTRY, LAST.PREFIX, LAST.VALID_FROM, LAST.ID)
                    .from(LAST)
                    .where(LAST.ID.eq(page.after().getAsLong())));
  }

  /// The place of its channel among all of them.
  private static Field<Integer> place(Price price) {
    return field(
        "array_position(ARRAY['SMS', 'WHATSAPP', 'EMAIL'], {0}::text)",
        SQLDataType.INTEGER, price.CHANNEL);
  }
}
