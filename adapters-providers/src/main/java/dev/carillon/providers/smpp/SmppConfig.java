package dev.carillon.providers.smpp;

import dev.carillon.providers.CarrierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How an SMS centre is reached over SMPP, and which of its dialects it speaks.
///
/// @param codes what command_status values mean here that are set otherwise than in
///   [SmppErrorCodes]
/// @param query whether query_sm may be asked what became of a message
public record SmppConfig(
    SmppPeer peer,
    Binds binds,
    Timing timing,
    Limits limits,
    SmppWording wording,
    SmppReceiptRules receipts,
    Map<Integer, SmppTreatment> codes,
    boolean query)
    implements CarrierConfig {

  public SmppConfig {
    codes = Map.copyOf(codes);
  }

  /// One transceiver session to a centre, with everything else at its default.
  public static SmppConfig to(SmppPeer peer) {
    return new SmppConfig(
        peer,
        Binds.DEFAULT,
        Timing.DEFAULT,
        Limits.DEFAULT,
        SmppWording.DEFAULT,
        SmppReceiptRules.DEFAULT,
        Map.of(),
        false);
  }

  /// What a command_status means here.
  SmppTreatment treatment(int status) {
    SmppTreatment set = codes.get(status);
    return set == null ? SmppErrorCodes.of(status).treatment() : set;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    peer.check(problems);
    binds.check(problems);
    timing.check(problems);
    limits.check(problems);
    wording.check(problems);
    receipts.check(problems);
    return List.copyOf(problems);
  }

  /// The same with other binds.
  public SmppConfig withBinds(Binds value) {
    return new SmppConfig(peer, value, timing, limits, wording, receipts, codes, query);
  }

  /// The same with other times.
  public SmppConfig withTiming(Timing value) {
    return new SmppConfig(peer, binds, value, limits, wording, receipts, codes, query);
  }

  /// The same with other limits.
  public SmppConfig withLimits(Limits value) {
    return new SmppConfig(peer, binds, timing, value, wording, receipts, codes, query);
  }

  /// The same with another wording.
  public SmppConfig withWording(SmppWording value) {
    return new SmppConfig(peer, binds, timing, limits, value, receipts, codes, query);
  }

  /// The same with other rules for receipts.
  public SmppConfig withReceipts(SmppReceiptRules value) {
    return new SmppConfig(peer, binds, timing, limits, wording, value, codes, query);
  }

  /// The same with other meanings of codes.
  public SmppConfig withCodes(Map<Integer, SmppTreatment> value) {
    return new SmppConfig(peer, binds, timing, limits, wording, receipts, value, query);
  }

  /// The same, to be asked by query_sm, or not.
  public SmppConfig withQuery(boolean value) {
    return new SmppConfig(peer, binds, timing, limits, wording, receipts, codes, value);
  }

  static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private static void range(List<String> problems, String name, int value, int least, int most) {
    require(
        value >= least && value <= most,
        problems,
        "%s must be %d to %d".formatted(name, least, most));
  }

  /// Which binds are made.
  ///
  /// @param separate a transmitter and a receiver for each session instead of one transceiver
  /// @param sessions of this node, 1 to 32
  /// @param overall most binds of all nodes together, each transmitter and receiver counted, as the
  ///   operator allows them; 0 for any number, 255 at most
  public record Binds(boolean separate, int sessions, int overall) {
    /// One transceiver.
    public static final Binds DEFAULT = new Binds(false, 1, 0);

    /// Most sessions of a node.
    public static final int MOST_SESSIONS = 32;

    /// Most binds that can be leased over the nodes.
    public static final int MOST_OVERALL = 255;

    private void check(List<String> problems) {
      range(problems, "sessions", sessions, 1, MOST_SESSIONS);
      range(problems, "sessions-overall", overall, 0, MOST_OVERALL);
      require(
          overall == 0 || !separate || overall > 1,
          problems,
          "sessions-overall must be at least 2 where transmitter and receiver are separate");
    }
  }

  /// Times.
  ///
  /// @param connect longest wait for a connection, TLS included
  /// @param bind longest wait for the answer to a bind
  /// @param answer longest wait for all answers to a message, from when it is handed over
  /// @param enquireLink a silent centre is asked whether it is there after this
  /// @param enquireAnswer and is left when it does not say so within this
  /// @param reconnectFrom wait before a lost session is made anew; doubles with each failure
  /// @param reconnectTo longest such wait
  /// @param throttlePause how long nothing goes out once the centre is too busy
  public record Timing(
      Duration connect,
      Duration bind,
      Duration answer,
      Duration enquireLink,
      Duration enquireAnswer,
      Duration reconnectFrom,
      Duration reconnectTo,
      Duration throttlePause) {
    /// 5 s, 10 s, 30 s, 30 s, 10 s, 1 s to 1 min, 1 s.
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1));

    /// How long the answer to enquire_link or query_sm is awaited, so that there is time for two of
    /// them while a message is awaited.
    Duration ask() {
      Duration half = answer.dividedBy(2);
      return half.compareTo(enquireAnswer) < 0 ? half : enquireAnswer;
    }

    /// The same with another time to answer.
    public Timing withAnswer(Duration value) {
      return new Timing(
          connect,
          bind,
          value,
          enquireLink,
          enquireAnswer,
          reconnectFrom,
          reconnectTo,
          throttlePause);
    }

    /// The same with other waits before a lost session is made anew.
    public Timing withReconnect(Duration from, Duration to) {
      return new Timing(connect, bind, answer, enquireLink, enquireAnswer, from, to, throttlePause);
    }

    /// The same with another time after which a silent centre is asked, and to answer that.
    public Timing withEnquireLink(Duration after, Duration within) {
      return new Timing(
          connect, bind, answer, after, within, reconnectFrom, reconnectTo, throttlePause);
    }

    /// The same with another pause when the centre is too busy.
    public Timing withThrottlePause(Duration value) {
      return new Timing(
          connect, bind, answer, enquireLink, enquireAnswer, reconnectFrom, reconnectTo, value);
    }

    private void check(List<String> problems) {
      positive(problems, "connect-timeout", connect);
      positive(problems, "bind-timeout", bind);
      positive(problems, "answer-timeout", answer);
      positive(problems, "enquire-link", enquireLink);
      positive(problems, "enquire-timeout", enquireAnswer);
      positive(problems, "reconnect-from", reconnectFrom);
      require(
          reconnectFrom.compareTo(reconnectTo) <= 0,
          problems,
          "reconnect-to must not be below reconnect-from");
      require(!throttlePause.isNegative(), problems, "throttle-pause must not be negative");
    }

    private static void positive(List<String> problems, String name, Duration value) {
      require(value.toMillis() > 0, problems, name + " must be above 0");
    }
  }

  /// Bounds.
  ///
  /// @param window submit_sm unanswered of each session, 1 to 10,000
  /// @param perSecond submit_sm of this node in a second, 0 to 100,000; 0 for any number
  /// @param queue messages that wait for a window, 1 to 100,000
  /// @param inbox deliver_sm that are not stored yet, 1 to 100,000; more are refused for now
  public record Limits(int window, int perSecond, int queue, int inbox) {
    /// 100 unanswered, any rate, 1,000 waiting, 10,000 not stored.
    public static final Limits DEFAULT = new Limits(100, 0, 1_000, 10_000);

    private static final int MOST_WINDOW = 10_000;
    private static final int MOST = 100_000;

    private void check(List<String> problems) {
      range(problems, "window", window, 1, MOST_WINDOW);
      range(problems, "per-second", perSecond, 0, MOST);
      range(problems, "queue", queue, 1, MOST);
      range(problems, "inbox", inbox, 1, MOST);
    }
  }
}
