package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.TagExpression;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How tag expressions are looked up among many recipients of two environments: one in a hundred is
/// tagged `rare`, `often` is everybody.
@TestInstance(Lifecycle.PER_CLASS)
class TagConditionsIT {
  private static final int COUNT = 20_000;

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Scope scope = database.newScope();
  private final DSLContext tenant = database.callsOf(scope).sql();

  @BeforeAll
  void storeMany() {
    for (Environment environment : Environment.values()) {
      database
          .sql()
          .execute(
              """
              INSERT INTO recipient (public_id, business_id, environment, first_name, last_name, sms_phone, tags,
                version, created_at, updated_at)
              SELECT gen_random_uuid(), ?, ?, 'Jane', 'Smith', '+263771' || 100000 + i,
                CASE WHEN i % 500 = 0 THEN ARRAY['often', 'rare', 'first'] WHEN i % 100 = 0 THEN ARRAY['often', 'rare']
                  ELSE ARRAY['often', 'other ' || i % 50] END, 1, now(), now()
              FROM generate_series(0, ? - 1) AS i\
              """,
              scope.business().value(), environment.name(), COUNT);
    }
    database.sql().execute("ANALYZE recipient");
  }

  @ParameterizedTest
  @CsvSource({
    "rare, 200",
    "rare AND often, 200",
    "first OR \"other 7\", 440",
    "rare AND NOT first, 160",
    "often AND (first OR \"other 7\") AND NOT (rare OR none), 400",
    "(rare AND often) OR (first AND NOT other), 200",
    "none, 0"
  })
  void asksTheIndexForTagsThatAreWanted(String expression, int count) {
    Condition fit = TagConditions.fit(scope, TagExpression.of(expression));
    String plan = plan(fit);

    System.out.println(expression + "\n" + plan);
    assertThat(tenant.fetchCount(TagConditions.RECIPIENTS, fit)).isEqualTo(count);
    assertThat(plan).contains("recipient_tags");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOT rare", "rare OR NOT often", "NOT (rare AND often) AND NOT first"})
  void makesNoKeysOfTheIndexWhereItCannotHelp(String expression) {
    Condition fit = TagConditions.fit(scope, TagExpression.of(expression));

    assertThat(plan(fit)).contains("NOT").doesNotContain("scoped_tags");
  }

  @Test
  void asksTheIndexForAllTagsOfAFilter() {
    Condition carry = TagConditions.carryAll(scope, Set.of("rare", "first"));

    assertThat(tenant.fetchCount(TagConditions.RECIPIENTS, carry)).isEqualTo(40);
    assertThat(plan(carry)).contains("recipient_tags");
  }

  private String plan(Condition wanted) {
    return tenant
        .explain(tenant.select(RECIPIENT.ID).from(TagConditions.RECIPIENTS).where(wanted))
        .plan();
  }
}
