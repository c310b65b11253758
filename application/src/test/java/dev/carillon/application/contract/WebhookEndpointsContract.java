package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.SealedSecret;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store keeps about the endpoints of webhooks.
public abstract class WebhookEndpointsContract extends ToldContract {
  @Test
  void keepsAnEndpointAsItWasMade() {
    Endpoint all = endpoint();
    Endpoint some =
        store(
            scope(),
            new EndpointDetails(
                "https://example.org/a?b=c",
                Set.of(EventType.BULK_FAILED, EventType.BALANCE_LOW),
                "ours, é",
                false));

    assertThat(endpoints().find(scope(), all.id())).contains(all);
    assertThat(endpoints().find(scope(), some.id())).contains(some);
    assertThat(endpoints().find(scope(), new EndpointId(new UUID(0, 0)))).isEmpty();
  }

  @Test
  void showsAScopeItsOwnOnly() {
    Endpoint endpoint = endpoint();

    for (Scope other : List.of(testScope(), ports().newScope().get())) {
      assertThat(endpoints().find(other, endpoint.id())).isEmpty();
      assertThat(lock(other, endpoint.id())).isFalse();
      assertThat(delete(other, endpoint.id())).isFalse();
      assertThat(endpoints().list(other, PageRequest.first()).items()).isEmpty();
      assertThat(count(other)).isZero();
    }
    assertThat(lock(scope(), endpoint.id())).isTrue();
    assertThat(count(scope())).isEqualTo(1);
  }

  @Test
  void writesBackWhatIsLocked() {
    Endpoint endpoint = endpoint();
    EndpointDetails details =
        new EndpointDetails("https://b.example/", Set.of(EventType.BULK_STARTED), "b", false);

    Endpoint changed = update(endpoint, details);
    Endpoint rotated =
        ports()
            .transactions()
            .inTransaction(() -> {
              Endpoint locked = endpoints().lock(scope(), endpoint.id()).orElseThrow();
              Endpoint to =
                  locked.changed(
                      locked
                          .secrets()
                          .rotated(new SealedSecret("next"), NOW.plus(Duration.ofHours(1))),
                      NOW.plusSeconds(2));
              endpoints().update(to);
              return to;
            });

    assertThat(changed.details()).isEqualTo(details);
    assertThat(rotated.secrets().previous()).isEqualTo(endpoint.secrets().current());
    assertThat(endpoints().find(scope(), endpoint.id())).contains(rotated);
  }

  @Test
  void undoesWhatIsGivenUp() {
    Endpoint kept = endpoint();
    Endpoint lost = newEndpoint(scope(), details(true));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  endpoints().insert(lost);
                  endpoints().update(kept.changed(details(false), NOW));
                  assertThat(endpoints().delete(scope(), kept.id(), NOW)).isTrue();
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);

    assertThat(endpoints().find(scope(), lost.id())).isEmpty();
    assertThat(endpoints().find(scope(), kept.id())).contains(kept);
    assertThat(count(scope())).isEqualTo(1);
  }

  @Test
  void locksAnEndpointUntilTheTransactionEnds() {
    Endpoint endpoint = endpoint();
    int threads = 8;

    Background.together(
        threads,
        () ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  Endpoint locked = endpoints().lock(scope(), endpoint.id()).orElseThrow();
                  endpoints().update(locked.changed(locked.details(), NOW));
                  return locked.revision();
                }));

    assertThat(endpoints().find(scope(), endpoint.id()).orElseThrow().revision())
        .isEqualTo(endpoint.revision() + threads);
  }

  @Test
  void letsNobodyElseAddOneWhileTheyAreCounted() {
    int most = 3;
    List<Endpoint> wanted =
        IntStream.range(0, 8).mapToObj(_ -> newEndpoint(scope(), details(true))).toList();
    Iterator<Endpoint> next = wanted.iterator();

    Background.together(
        wanted.size(),
        () ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  boolean room = endpoints().lockedCount(scope()) < most;
                  if (room) {
                    synchronized (wanted) {
                      insert(next.next());
                    }
                  }
                  return room;
                }));

    assertThat(count(scope())).isEqualTo(most);
    assertThat(count(testScope())).isZero();
  }

  @Test
  void deletesOnceAndShowsNothingOfItAnyMore() {
    Endpoint endpoint = endpoint();
    Endpoint other = endpoint();

    assertThat(delete(scope(), endpoint.id())).isTrue();
    assertThat(delete(scope(), endpoint.id())).isFalse();

    assertThat(endpoints().find(scope(), endpoint.id())).isEmpty();
    assertThat(lock(scope(), endpoint.id())).isFalse();
    assertThat(endpoints().list(scope(), PageRequest.first()).items()).containsExactly(other);
    assertThat(count(scope())).isEqualTo(1);
  }

  @Test
  void listsPageByPageTheNewestFirst() {
    Endpoint first = endpoint();
    Endpoint second = endpoint();
    store(testScope(), details(true));
    Endpoint third = endpoint();

    Page<Endpoint> page = list(2, 0, OptionalLong.empty());

    assertThat(page.items()).containsExactly(third, second);
    assertThat(page.totalSize()).isEqualTo(3);
    assertThat(list(2, 0, page.next()).items()).containsExactly(first);
    assertThat(list(2, 0, page.next()).next()).isEmpty();
    assertThat(list(2, 1, OptionalLong.empty()).items()).containsExactly(second, first);
    assertThat(list(3, 0, OptionalLong.empty()).next()).isEmpty();
  }

  @Test
  void hearsOfEventsThatGetTheirNumberFromThenOn() {
    tell(newJob(), EventType.BULK_STARTED);
    numberAll();
    JobEvent waiting = tell(newJob(), EventType.BULK_STARTED);
    Endpoint endpoint = endpoint();
    JobEvent later = tell(newJob(), EventType.BULK_STARTED);
    numberAll();

    assertThat(listed(endpoint).stream().map(Delivery::event).map(event -> event.event()).toList())
        .isEqualTo(List.of(later, waiting));
  }

  @Test
  void hearsOfNothingWhileItIsDisabled() {
    Endpoint endpoint = endpoint();
    update(endpoint, details(false));
    tell(newJob(), EventType.BULK_STARTED);
    numberAll();
    update(endpoint, details(true));
    JobEvent later = tell(newJob(), EventType.BULK_STARTED);
    numberAll();

    assertThat(listed(endpoint).stream().map(Delivery::event).map(event -> event.event()).toList())
        .isEqualTo(List.of(later));
  }

  private WebhookEndpoints endpoints() {
    return ports().endpoints();
  }

  private Endpoint update(Endpoint endpoint, EndpointDetails to) {
    return ports()
        .transactions()
        .inTransaction(() -> {
          Endpoint locked = endpoints().lock(scope(), endpoint.id()).orElseThrow();
          Endpoint changed = locked.changed(to, NOW.plusSeconds(1));
          endpoints().update(changed);
          return changed;
        });
  }

  private boolean lock(Scope owner, EndpointId id) {
    return ports().transactions().inTransaction(() -> endpoints().lock(owner, id).isPresent());
  }

  private boolean delete(Scope owner, EndpointId id) {
    return ports().transactions().inTransaction(() -> endpoints().delete(owner, id, NOW));
  }

  private int count(Scope owner) {
    return ports().transactions().inTransaction(() -> endpoints().lockedCount(owner));
  }

  private Page<Endpoint> list(int size, int skip, OptionalLong after) {
    return endpoints().list(scope(), new PageRequest(size, skip, after));
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
