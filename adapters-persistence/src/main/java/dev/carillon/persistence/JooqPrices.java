package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static dev.carillon.persistence.schema.Tables.PRICE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Prices;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.billing.Tariff;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.SQLDataType;

/// Prices in PostgreSQL. Those who change any wait for each other.
final class JooqPrices implements Prices {
  private final Session session;

  JooqPrices(Session session) {
    this.session = session;
  }

  @Override
  public Terms terms(Scope scope, Channel channel, Instant at) {
    Result<? extends Record> rows =
        session
            .sql()
            .select(BUSINESS.REFUNDS_UNDELIVERED, BUSINESS.CHARGES_UNKNOWN)
            .select(PriceRows.FIELDS)
            .from(BUSINESS)
            .leftJoin(PRICE)
            .on(PriceLists.isOwnOrGeneral(PRICE, scope))
            .and(PRICE.CURRENCY.eq(BUSINESS.CURRENCY))
            .and(PRICE.CHANNEL.eq(channel.name()))
            .and(PriceLists.holdsAt(PRICE, at))
            .where(BUSINESS.ID.eq(scope.business().value()))
            .fetch();
    return new Terms(
        new Tariff(
            rows.stream().filter(row -> row.get(PRICE.ID) != null).map(PriceRows::price).toList()),
        plan(rows.getFirst()));
  }

  @Override
  public Price set(Price price, String createdBy, Instant now) {
    waitForOthers();
    Instant since = price.validFrom();
    session
        .sql()
        .update(PRICE)
        .set(PRICE.VALID_TO, since)
        .where(samePlace(price))
        .and(PRICE.VALID_FROM.le(since))
        .and(PRICE.VALID_TO.isNull().or(PRICE.VALID_TO.gt(since)))
        .execute();
    return session
        .sql()
        .insertInto(PRICE)
        .set(PriceRows.toRow(price, createdBy, now))
        // LEAST passes over nulls.
        .set(PRICE.VALID_TO, least(val(price.validTo(), SQLDataType.INSTANT), nextBeginning(price)))
        .returningResult(PriceRows.FIELDS)
        .fetchSingle(PriceRows::price);
  }

  private Field<Instant> nextBeginning(Price price) {
    return field(
        select(min(PRICE.VALID_FROM))
            .from(PRICE)
            .where(samePlace(price))
            .and(PriceLists.isAlive(PRICE))
            .and(PRICE.VALID_FROM.gt(price.validFrom())));
  }

  @Override
  public Optional<Price> end(PriceId id, Instant at) {
    waitForOthers();
    return session
        .sql()
        .update(PRICE)
        .set(PRICE.VALID_TO, at)
        .where(PRICE.ID.eq(id.value()))
        .and(PriceLists.holdsAt(PRICE, at))
        .returningResult(PriceRows.FIELDS)
        .fetchOptional(PriceRows::price);
  }

  @Override
  public int countLike(Price price, Instant at) {
    return session
        .sql()
        .fetchCount(
            PRICE,
            ownerIs(price)
                .and(PRICE.ENVIRONMENT.eq(price.environment().name()))
                .and(PriceLists.isAlive(PRICE))
                .and(PRICE.VALID_TO.isNull().or(PRICE.VALID_TO.gt(at))));
  }

  @Override
  public Page<Price> list(PriceFilter filter, PageRequest page) {
    return PriceLists.page(session.sql(), filter, page);
  }

  @Override
  public List<Price> byId(List<Long> ids) {
    return session
        .sql()
        .select(PriceRows.FIELDS)
        .from(PRICE)
        .where(PRICE.ID.in(ids))
        .orderBy(PRICE.ID)
        .fetch(PriceRows::price);
  }

  private void waitForOthers() {
    session
        .sql()
        .select(field("pg_advisory_xact_lock(hashtext('carillon.prices'))", SQLDataType.OTHER))
        .fetch();
  }

  private static RefundPlan plan(Record row) {
    return new RefundPlan(
        row.get(BUSINESS.REFUNDS_UNDELIVERED), !row.get(BUSINESS.CHARGES_UNKNOWN));
  }

  private static Condition ownerIs(Price price) {
    BusinessId business = price.business();
    return PriceLists.owner(PRICE).eq(business == null ? PriceLists.NOBODY : business.value());
  }

  private static Condition samePlace(Price price) {
    return ownerIs(price)
        .and(
            row(PRICE.ENVIRONMENT, PRICE.CURRENCY, PRICE.CHANNEL, PRICE.COUNTRY, PRICE.PREFIX)
                .eq(
                    price.environment().name(),
                    price.amount().currency(),
                    price.channel().name(),
                    price.destination().country(),
                    price.destination().prefix()));
  }
}
