package dev.carillon.providers.callback;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows who takes which call, and answers it: genuine before read, stored before thanked.
final class CallbackDesk {
  private static final Logger logger = LoggerFactory.getLogger(CallbackDesk.class);
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);
  private static final String HEALTH = "/healthz";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Function<CarrierId, Optional<Callbacks>> carriers;
  private final Optional<UnsubscribeLinks> links;
  private final NoticeSink sink;
  private final BooleanSupplier healthy;
  private final Strangers strangers = new Strangers(System::nanoTime);

  /// @param carriers who takes the calls of a carrier, at the moment
  /// @param healthy whether what is told can be stored
  CallbackDesk(
      Function<CarrierId, Optional<Callbacks>> carriers,
      Optional<UnsubscribeLinks> links,
      NoticeSink sink,
      BooleanSupplier healthy) {
    this.carriers = carriers;
    this.links = links;
    this.sink = sink;
    this.healthy = healthy;
  }

  /// Who takes calls at a path; empty for nobody.
  ///
  /// @param path as it was called, without its query
  Optional<Place> place(String path) {
    if (path.equals(HEALTH)) {
      return Optional.of(new Place("health", "", _ -> health()));
    }
    if (path.startsWith(CallbackPlace.UNSUBSCRIBE)) {
      String rest = path.substring(CallbackPlace.UNSUBSCRIBE.length() - 1);
      return links.map(own -> new Place("unsubscribe", rest, own::answer));
    }
    return path.startsWith(CallbackPlace.CARRIERS)
        ? carrier(path.substring(CallbackPlace.CARRIERS.length()))
        : Optional.empty();
  }

  /// Answers a call. Never throws.
  HttpAnswer answer(Place place, CallbackRequest request) {
    try {
      return switch (place.taker().answer(request)) {
        case CallbackAnswer.Told told -> stored(told);
        case CallbackAnswer.Answered answered ->
            HttpAnswer.of(answered.status(), answered.contentType(), answered.body());
        case CallbackAnswer.NotGenuine _ -> {
          strangers.count(place.name());
          yield HttpAnswer.of(401);
        }
        case CallbackAnswer.Unreadable _ -> HttpAnswer.of(400);
      };
    } catch (DomainException e) {
      return HttpAnswer.of(503).after(wait(e));
    } catch (RuntimeException e) {
      // its words may hold what was told
      logger.error(
          "a call to {} failed within: {} at {}",
          place.name(),
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
      return HttpAnswer.FAILED;
    }
  }

  private HttpAnswer stored(CallbackAnswer.Told told) {
    if (!told.notices().isEmpty()) {
      sink.record(told.notices());
    }
    return HttpAnswer.of(200, told.contentType(), told.body());
  }

  private Optional<Place> carrier(String rest) {
    int end = rest.indexOf('/');
    String name = end < 0 ? rest : rest.substring(0, end);
    return id(name)
        .flatMap(carriers)
        .map(taker -> new Place(name, rest.substring(name.length()), taker::answer));
  }

  private CallbackAnswer health() {
    return healthy.getAsBoolean()
        ? new CallbackAnswer.Told(List.of(), TEXT, "ok\n")
        : new CallbackAnswer.Answered(503, TEXT, "the database is away\n");
  }

  private static Optional<CarrierId> id(String name) {
    try {
      return Optional.of(new CarrierId(name));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static Duration wait(DomainException refused) {
    return refused.error() instanceof DomainError.StoreUnavailable away
        ? away.retryAfter()
        : COME_AGAIN;
  }

  /// Who takes a call.
  ///
  /// @param name for people
  /// @param path that the taker is given
  record Place(String name, String path, Taker taker) {}

  /// Makes of a call what it means.
  interface Taker {
    CallbackAnswer answer(CallbackRequest request);
  }
}
