package dev.carillon.providers.callback;

import dev.carillon.domain.delivery.CarrierId;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the world outside reaches the listener, and by what the house knows its own words again.
///
/// @param publicUrl as callers write it, without a path of ours; null when nobody can call
/// @param secret for signing what is given away; empty when nothing is
public record CallbackPlace(@Nullable URI publicUrl, String secret) {
  /// Nobody calls.
  public static final CallbackPlace NONE = new CallbackPlace(null, "");

  /// Below which carriers call, each under its name.
  public static final String CARRIERS = "/callbacks/";

  /// Below which recipients unsubscribe.
  public static final String UNSUBSCRIBE = "/unsubscribe/";

  /// Where a carrier calls; empty when nobody can call.
  public Optional<URI> of(CarrierId carrier) {
    return at(CARRIERS + carrier.value());
  }

  /// Where a recipient unsubscribes; empty when nobody can call.
  ///
  /// @param token of letters, digits, `-`, `_` and `.`
  public Optional<URI> unsubscribe(String token) {
    return at(UNSUBSCRIBE + token);
  }

  private Optional<URI> at(String path) {
    return Optional.ofNullable(publicUrl)
        .map(URI::toString)
        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
        .map(url -> URI.create(url + path));
  }

  @Override
  public String toString() {
    return "CallbackPlace[" + publicUrl + "]";
  }
}
