package dev.carillon.persistence;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import org.jooq.Condition;
import org.jooq.TableField;

/// How a business and its environment stand in every table that has a tenant's rows.
final class ScopeRows {
  private ScopeRows() {}

  static Scope of(long business, String environment) {
    return new Scope(new BusinessId(business), Environment.valueOf(environment));
  }

  /// Of rows that are the scope's own.
  static Condition is(
      Scope scope, TableField<?, Long> business, TableField<?, String> environment) {
    return business.eq(scope.business().value()).and(environment.eq(scope.environment().name()));
  }
}
