package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EndpointSecrets;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps which events are to be delivered to which endpoints, and what was tried. Due times and
/// leases go by the store's clock.
public interface WebhookDeliveries {
  /// Leases deliveries that are due, each with one more attempt counted, and tells them to nobody
  /// else until the time is over: at most so many of a business in an environment, and of an
  /// endpoint, at a time on all nodes together, one where its health says so, and of the events of
  /// one job, or of one message, only the first that is not over. Events of messages wait neither
  /// for those of other messages nor for those of their job, nor these for them. What is not
  /// settled in time is leased again.
  List<Leased> lease(Share share);

  /// Notes what came of attempts at one endpoint, in the order given, in one transaction with what
  /// is decided for them: all of it, or nothing when it throws. What was decided about a delivery
  /// that was leased again, is over, or began anew since is left aside, and says nothing of the
  /// endpoint: only a success counts, even after it was given up. What began anew is due then. Does
  /// nothing for an endpoint that was deleted. Returns whether the endpoint was disabled by them.
  boolean settle(List<Ended> ended);

  /// Settles these and then leases others, in one transaction: what an attempt leaves free is taken
  /// at once, by whoever's turn it is. However long it takes to commit, it waits for nobody after
  /// its first lock, that of the endpoint that it settles for, and keeps nobody from leasing for
  /// endpoints that are not in it: who leases or numbers passes over those that are locked. Leases
  /// run from before the commit, so that one that came late has less time left, never more.
  List<Leased> settleAndLease(List<Ended> ended, Share share);

  /// Gives up deliveries that wait for so long, at most so many; returns how many.
  int giveUp(Duration waited, int most);

  /// A page of an endpoint's deliveries of events that are kept, the newest first, each with its
  /// last attempts. Its total counts some thousands at most.
  Page<Delivery> list(Scope scope, EndpointId endpoint, Filter filter, PageRequest page);

  /// Has an event be delivered to an endpoint (again), as if it had just happened; inside the
  /// caller's transaction. Both are known to exist. Where an attempt is under way, it begins anew
  /// when that fails.
  void redeliver(StoredEvent event, EndpointId endpoint);

  /// How many at a time.
  ///
  /// @param node who leases
  /// @param most deliveries, at least 1
  /// @param perScope most of a business in an environment at a time, or a few more where nodes
  ///   lease at the same moment
  /// @param perEndpoint most of an endpoint at a time
  /// @param time of the lease
  record Share(String node, int most, int perScope, int perEndpoint, Duration time) {}

  /// A delivery to be tried now.
  ///
  /// @param endpoint its number inside the house
  /// @param attempt which one it is, from 1; none is given twice
  /// @param tries which one it is since the delivery began, or began anew, from 1
  /// @param createdAt since when it is to be delivered
  /// @param leasedAt the store's time now
  record Leased(
      long endpoint,
      EndpointId endpointId,
      StoredEvent event,
      String url,
      EndpointSecrets secrets,
      int attempt,
      int tries,
      Instant createdAt,
      Instant leasedAt) {
    @Override
    public String toString() {
      return "Leased[" + event.id() + ", " + endpointId + "]";
    }
  }

  /// An attempt of which is known what came of it.
  ///
  /// @param decide what follows from the endpoint's health before this attempt; may be asked again
  record Ended(Leased leased, DeliveryAttempt attempt, Function<EndpointHealth, Outcome> decide) {}

  /// What follows from an attempt.
  ///
  /// @param next how long to wait before the next; null when there is none
  /// @param health of the endpoint after it
  /// @param pause how long the endpoint is left alone, whatever is due
  /// @param disable why the endpoint is switched off; null when it is not
  record Outcome(
      DeliveryState state,
      @Nullable Duration next,
      EndpointHealth health,
      Duration pause,
      @Nullable DisableReason disable) {}

  /// Which deliveries.
  ///
  /// @param event null for all
  /// @param states empty for all
  record Filter(@Nullable EventId event, Set<DeliveryState> states) {
    public Filter {
      states = Set.copyOf(states);
    }
  }
}
