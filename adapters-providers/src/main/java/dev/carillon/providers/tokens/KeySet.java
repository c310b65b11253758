package dev.carillon.providers.tokens;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public keys as they were read last. They are read again after a while, and when somebody
/// misses one, which cannot be made to happen often; one thread reads while the others go on with
/// what is there.
final class KeySet {
  private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);

  private final KeySource source;
  private final TokenConfig.Fetching fetching;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Reading last = new Reading(0, List.of(), Instant.MIN, Instant.MIN);

  KeySet(KeySource source, TokenConfig.Fetching fetching, InstantSource clock) {
    this.source = source;
    this.fetching = fetching;
    this.clock = clock;
  }

  /// The keys. Throws a DomainException (StoreUnavailable) when there are none that are new enough.
  Reading keys() {
    Reading seen = last;
    return isAtMost(seen.readAt(), fetching.refresh()) ? seen : after(seen);
  }

  /// The keys, for somebody who has looked at these and missed one.
  Reading keysBeyond(Reading looked) {
    Reading seen = last;
    return seen.number() == looked.number() ? after(seen) : seen;
  }

  private Reading after(Reading seen) {
    boolean usable = isAtMost(seen.readAt(), fetching.stale());
    if (!reading.tryLock()) {
      if (usable) {
        return seen;
      }
      reading.lock();
    }
    try {
      if (last.number() == seen.number() && !isAtMost(seen.triedAt(), fetching.pause())) {
        last = read(seen);
      }
      return required(last);
    } finally {
      reading.unlock();
    }
  }

  private Reading read(Reading before) {
    Instant now = clock.instant();
    long number = before.number() + 1;
    try {
      return new Reading(number, publicKeys(source.read()), now, now);
    } catch (IOException | JoseException | RuntimeException failure) {
      LOG.warn(
          "the keys of tokens (carillon.tokens.jwks) cannot be read: {}",
          Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName()));
      return new Reading(number, before.keys(), before.readAt(), now);
    }
  }

  /// Secrets that are shared have no place in a key set: whoever knows one could make tokens.
  private static List<JsonWebKey> publicKeys(String json) throws JoseException {
    return new JsonWebKeySet(json)
        .getJsonWebKeys().stream().filter(PublicJsonWebKey.class::isInstance).toList();
  }

  private Reading required(Reading found) {
    if (!isAtMost(found.readAt(), fetching.stale())) {
      throw new DomainException(new DomainError.StoreUnavailable(fetching.pause()));
    }
    return found;
  }

  private boolean isAtMost(Instant time, Duration age) {
    return time.isAfter(Instant.MIN) && clock.instant().isBefore(time.plus(age));
  }

  /// The keys as they were read once.
  ///
  /// @param number grows with every attempt to read them
  /// @param readAt when these keys were there
  /// @param triedAt when it was tried last to read them
  record Reading(long number, List<JsonWebKey> keys, Instant readAt, Instant triedAt) {}
}
