package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.contract.MessageEventsContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.StatusByte;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.webhook.EventType;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@TestInstance(Lifecycle.PER_CLASS)
class JooqMessageEventsIT extends MessageEventsContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected Outbox outbox() {
    return database.database().forEngine().outbox();
  }

  @Override
  protected EventLog events() {
    return database.database().forEngine().events();
  }

  @Override
  protected WebhookEndpoints endpoints() {
    return database.database().forEngine().endpoints();
  }

  @Override
  protected WebhookDeliveries deliveries() {
    return database.database().forEngine().deliveries();
  }

  /// PostgreSQL knows the types by the states' codes, which the domain gives.
  @ParameterizedTest
  @EnumSource(MessageState.class)
  void unfoldsEveryStateToTheEventOfItsStatus(MessageState state) {
    byte[] status = {StatusByte.of(state, 5)};
    var row =
        database
            .sql()
            .fetchSingle(
                "SELECT * FROM message_events(40, {0}::bytea, {1}::bytea)",
                val(new byte[] {4}), val(status));

    assertThat(row.get("place", Integer.class)).isZero();
    assertThat(row.get("of_position", Integer.class)).isEqualTo(42);
    assertThat(row.get("type", String.class))
        .isEqualTo(EventType.of(state.status(true)).map(EventType::label).orElse(null));
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageStatus.class,
      mode = Mode.EXCLUDE,
      names = {"PENDING", "QUEUED", "REJECTED"})
  void knowsTheTypeOfEveryStatusThatIsTold(MessageStatus status) {
    int bits = ToldStatuses.of(Set.of(status)).bits();

    assertThat(
            database.sql().fetchValue("SELECT (message_event_types({0}::smallint))[1]", val(bits)))
        .isEqualTo(EventType.of(status).orElseThrow().label());
  }
}
