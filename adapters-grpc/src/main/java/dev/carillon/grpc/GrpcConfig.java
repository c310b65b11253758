package dev.carillon.grpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the gRPC server listens and what it bears. [#problems] tells everything that is wrong with
/// it.
///
/// @param host the address to listen at
/// @param port the port to listen at; 0 lets the system choose
/// @param tls null for plaintext
/// @param maxMessageBytes largest request, unpacked
/// @param maxMetadataBytes most header bytes of a call
public record GrpcConfig(
    String host,
    int port,
    @Nullable Tls tls,
    int maxMessageBytes,
    int maxMetadataBytes,
    Connections connections,
    Load load,
    Streams streams) {

  /// Port 9090 of the loopback address in plaintext, 16 MiB requests, 16 KiB of headers.
  public static final GrpcConfig DEFAULTS =
      new GrpcConfig(
          "127.0.0.1",
          9090,
          null,
          16 << 20,
          16 << 10,
          Connections.DEFAULTS,
          Load.DEFAULTS,
          Streams.DEFAULTS);

  private static final int MOST_PORTS = 65_535;
  private static final int LEAST_BYTES = 1_024;

  /// The certificate chain and its private key (PKCS #8), both PEM files.
  public record Tls(Path certificate, Path key) {}

  /// What a connection may do and how long it lasts.
  ///
  /// @param keepAliveTime after this much silence the server asks whether the client is there
  /// @param keepAliveTimeout how long it waits for the answer
  /// @param permitKeepAliveTime clients that ask more often are sent away
  /// @param maxIdle a connection without calls is closed after this
  /// @param maxAge a connection takes no new calls after this, so that load spreads again
  /// @param maxAgeGrace what its calls then still have
  /// @param maxCalls calls at a time on one connection; 1,000, so that as many watchers may share
  ///   one
  /// @param maxResets calls that a client may reset within the window before its connection is cut
  ///   (CVE-2023-44487); not less than maxCalls, for a client may cancel all it has at once
  /// @param resetWindow whole seconds
  public record Connections(
      Duration keepAliveTime,
      Duration keepAliveTimeout,
      Duration permitKeepAliveTime,
      Duration maxIdle,
      Duration maxAge,
      Duration maxAgeGrace,
      int maxCalls,
      int maxResets,
      Duration resetWindow) {
    /// Asks after 60 s, waits 20 s, allows being asked every 10 s; idle 15 min, age 60 + 10 min;
    /// 1,000 calls at a time; 2,000 resets in 10 s.
    public static final Connections DEFAULTS =
        new Connections(
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(60),
            Duration.ofMinutes(10),
            1_000,
            2_000,
            Duration.ofSeconds(10));
  }

  /// How much is worked on at a time.
  ///
  /// @param unaryCalls calls at a time, submissions excepted
  /// @param unaryWait how long a call waits for room
  /// @param submissions CreateBulkJob calls at a time, from before they are read: together they
  ///   hold at most so many times maxMessageBytes, and the several times that of their decoded form
  /// @param submissionWait how long one waits for room
  /// @param submissionArrival how long a caller may take to send one, and for the next chunk of an
  ///   upload
  /// @param uploads streams of chunks at a time, from their first to their last chunk: each holds
  ///   at most one chunk, and a connection to the store while that is in work
  public record Load(
      int unaryCalls,
      Duration unaryWait,
      int submissions,
      Duration submissionWait,
      Duration submissionArrival,
      int uploads) {
    /// 256 calls, waiting 2 s; 8 submissions, waiting 10 s, arriving within 30 s; 4 uploads.
    public static final Load DEFAULTS =
        new Load(256, Duration.ofSeconds(2), 8, Duration.ofSeconds(10), Duration.ofSeconds(30), 4);
  }

  /// How progress is told.
  ///
  /// @param heartbeat a sign of life after this time without news, 1 to 15 s, where the reader does
  ///   not say
  /// @param progressInterval least time between two changes told to one reader
  /// @param eventsPerScope streams of events of a business in one environment at a time
  /// @param patience a stream of events that nobody reads for so long is ended
  public record Streams(
      Duration heartbeat, Duration progressInterval, int eventsPerScope, Duration patience) {
    private static final int USUAL_EVENTS_PER_SCOPE = 20;
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

    /// A heartbeat each 15 s, a change each 100 ms, 20 streams of events, unread for 5 minutes.
    public static final Streams DEFAULTS =
        new Streams(Duration.ofSeconds(15), Duration.ofMillis(100));

    /// With 20 streams of events.
    public Streams(Duration heartbeat, Duration progressInterval) {
      this(heartbeat, progressInterval, USUAL_EVENTS_PER_SCOPE);
    }

    /// With 5 minutes for a reader.
    public Streams(Duration heartbeat, Duration progressInterval, int eventsPerScope) {
      this(heartbeat, progressInterval, eventsPerScope, USUAL_PATIENCE);
    }

    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
  }

  /// Everything that is wrong, each as a sentence that begins with the setting; empty if nothing
  /// is.
  public List<String> problems() {
    Problems problems = new Problems();
    problems.unless(!host.isBlank(), "host must not be empty");
    problems.unless(port >= 0 && port <= MOST_PORTS, "port must be 0 to 65535");
    problems.unless(maxMessageBytes >= LEAST_BYTES, "max-message-size must be at least 1024");
    problems.unless(maxMetadataBytes >= LEAST_BYTES, "max-metadata-size must be at least 1024");
    check(tls, problems);
    check(connections, problems);
    check(load, problems);
    check(streams, problems);
    return problems.found();
  }

  private static void check(@Nullable Tls tls, Problems problems) {
    if (tls != null) {
      TlsFiles.problems(tls).forEach(problem -> problems.unless(false, problem));
    }
  }

  private static void check(Connections connections, Problems problems) {
    problems.positive("keepalive-time", connections.keepAliveTime());
    problems.positive("keepalive-timeout", connections.keepAliveTimeout());
    problems.positive("permit-keepalive-time", connections.permitKeepAliveTime());
    problems.positive("max-connection-idle", connections.maxIdle());
    problems.positive("max-connection-age", connections.maxAge());
    problems.positive("max-connection-age-grace", connections.maxAgeGrace());
    problems.unless(connections.maxCalls() > 0, "max-calls-per-connection must be positive");
    problems.unless(
        connections.maxResets() >= connections.maxCalls(),
        "max-resets must not be less than max-calls-per-connection");
    problems.unless(
        connections.resetWindow().toSeconds() >= 1, "reset-window must be at least a second");
  }

  private static void check(Load load, Problems problems) {
    problems.unless(load.unaryCalls() > 0, "max-calls must be positive");
    problems.positive("call-wait", load.unaryWait());
    problems.unless(load.submissions() > 0, "max-submissions must be positive");
    problems.positive("submission-wait", load.submissionWait());
    problems.positive("submission-arrival", load.submissionArrival());
    problems.unless(load.uploads() > 0, "max-uploads must be positive");
  }

  private static void check(Streams streams, Problems problems) {
    problems.within("heartbeat", streams.heartbeat(), Streams.LONGEST_HEARTBEAT);
    problems.within("progress-interval", streams.progressInterval(), Streams.LONGEST_INTERVAL);
    problems.unless(streams.eventsPerScope() > 0, "event-streams-per-business must be positive");
    problems.positive("patience", streams.patience());
  }

  /// Collects problems.
  private static final class Problems {
    private final List<String> found = new ArrayList<>();

    void unless(boolean right, String problem) {
      if (!right) {
        found.add(problem);
      }
    }

    void positive(String field, Duration value) {
      unless(value.isPositive(), field + " must be positive");
    }

    void within(String field, Duration value, Duration most) {
      unless(
          value.isPositive() && value.compareTo(most) <= 0,
          field + " must be positive and at most " + most.toMillis() + " ms");
    }

    List<String> found() {
      return List.copyOf(found);
    }
  }
}
