package dev.carillon.providers.callback;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the listener for the calls of carriers listens, and what it bears. [#problems] tells
/// everything that is wrong with it.
///
/// @param enabled whether there is one
/// @param port 0 lets the system choose
/// @param tls null for plaintext, behind something that speaks TLS
public record CallbackConfig(
    boolean enabled, String host, int port, @Nullable Tls tls, CallbackPlace place, Limits limits) {
  /// There is none.
  public static final CallbackConfig NONE =
      new CallbackConfig(false, "127.0.0.1", 8088, null, CallbackPlace.NONE, Limits.DEFAULTS);

  /// Fewer signs could be guessed.
  private static final int LEAST_SECRET = 16;

  /// Everything that is wrong with it, each with the setting's name; empty when it may be used.
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (tls != null) {
      PemFiles.problem(tls).ifPresent(problems::add);
    }
    require(
        place.secret().isEmpty() || place.secret().length() >= LEAST_SECRET,
        problems,
        "secret must have at least " + LEAST_SECRET + " characters");
    require(
        place.publicUrl() == null || place.publicUrl().getQuery() == null,
        problems,
        "public-url must have no query");
    return List.copyOf(problems);
  }

  private static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  /// The certificate chain and its private key (PKCS #8), both PEM files.
  public record Tls(Path certificate, Path key) {}

  /// What the listener bears.
  ///
  /// @param connections open at a time; more are refused
  /// @param requests worked on at a time
  /// @param requestWait longest wait for room among them; then the caller is asked to come again
  /// @param perSecond calls to one carrier from one address in a second
  /// @param mostBytes of a body
  /// @param arrival longest time in which a call must be there whole, and for which a connection
  ///   may be idle
  public record Limits(
      int connections,
      int requests,
      Duration requestWait,
      int perSecond,
      int mostBytes,
      Duration arrival) {
    /// 1,000 connections, 256 calls at a time, 20,000 a second, 1 MiB, ten seconds.
    public static final Limits DEFAULTS =
        new Limits(1_000, 256, Duration.ofSeconds(2), 20_000, 1 << 20, Duration.ofSeconds(10));
  }
}
