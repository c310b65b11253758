package dev.carillon.providers.smtp;

import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.providers.CarrierConfig;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a relay is spoken to, what mails look like, and where their bounces come in.
///
/// @param server the relay
/// @param login how we make ourselves known to it; null where it asks for nothing
/// @param limits times and numbers
/// @param mail what every mail has
/// @param dkim how mails are signed; null for unsigned, or where the relay signs
/// @param handIn who may hand bounces in over HTTP; null for nobody
/// @param mailbox where bounces are fetched; null for nowhere
public record SmtpConfig(
    SmtpServer server,
    @Nullable Login login,
    Limits limits,
    Mail mail,
    @Nullable Dkim dkim,
    @Nullable Login handIn,
    @Nullable Mailbox mailbox)
    implements CarrierConfig {

  /// What the fences around a bounce address's token leave of the 64 octets of a local part (RFC
  /// 5321, 4.5.3.1.1).
  private static final int LONGEST_BOUNCE_LOCAL_PART = 8;

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(server.problems());
    limits.check(problems);
    mail.check(problems);
    if (dkim != null) {
      dkim.check(problems);
    }
    if (mailbox != null) {
      mailbox.check(problems);
    }
    if (login != null) {
      login.check(problems);
    }
    if (login != null && server.security() == SmtpServer.Security.NONE && !server.isLocal()) {
      problems.add("security must not be none where a password is sent to another machine");
    }
    return List.copyOf(problems);
  }

  static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  /// A name, and what proves it.
  ///
  /// @param password empty where there is a token
  /// @param tokenFile holds an access token (OAuth 2.0), read again whenever it is needed, since
  ///   tokens are good for an hour or so; null where there is a password
  public record Login(String user, String password, @Nullable Path tokenFile) {
    /// With a password.
    public Login(String user, String password) {
      this(user, password, null);
    }

    /// The password or the token.
    String secret() throws IOException {
      if (tokenFile == null) {
        return password;
      }
      String token = Files.readString(tokenFile).strip();
      if (token.isEmpty()) {
        throw new EOFException("the token file is empty");
      }
      return token;
    }

    /// The SASL mechanisms by which it is shown.
    String mechanisms() {
      return tokenFile == null ? "PLAIN LOGIN" : "XOAUTH2";
    }

    private void check(List<String> problems) {
      require(
          user.isEmpty() || password.isEmpty() != (tokenFile == null),
          problems,
          "a user needs a password or a token file, and not both");
    }

    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /// Times and numbers.
  ///
  /// @param connections to the relay at a time, which is also how many mails are under way at once
  /// @param mailsPerConnection after that many a connection is made anew, since relays count
  /// @param window mails of one worker that may be unanswered
  /// @param idle a connection without work is closed after this
  /// @param connect longest time for a connection to be made, TLS and log-in included
  /// @param exchange longest time for a mail's envelope and data, and before that for its turn
  /// @param confirmation longest wait for the relay's word after that end
  public record Limits(
      int connections,
      int mailsPerConnection,
      int window,
      Duration idle,
      Duration connect,
      Duration exchange,
      Duration confirmation) {
    /// 8 connections of 100 mails, a window of 100, closed after 30 s; 10 s and 30 s, and the 10
    /// minutes of RFC 5321, 4.5.3.2.6.
    public static final Limits DEFAULT =
        new Limits(
            8,
            100,
            100,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_MAILS = 1_000_000;
    private static final int MOST_WINDOW = 10_000;

    /// The longest that an answer may take: its turn, an old connection that turns out to be gone,
    /// a new one, and the exchange.
    Duration answer() {
      return connect.multipliedBy(3).plus(exchange.multipliedBy(3)).plus(confirmation);
    }

    private void check(List<String> problems) {
      checkRange("connections", connections, MOST_CONNECTIONS, problems);
      checkRange("mails per connection", mailsPerConnection, MOST_MAILS, problems);
      checkRange("window", window, MOST_WINDOW, problems);
      require(idle.isPositive(), problems, "idle time-out must be above 0");
      require(connect.isPositive(), problems, "connect time-out must be above 0");
      require(exchange.isPositive(), problems, "exchange time-out must be above 0");
      require(confirmation.isPositive(), problems, "confirmation time-out must be above 0");
    }

    private static void checkRange(String name, int value, int most, List<String> problems) {
      require(value >= 1 && value <= most, problems, name + " must be 1 to " + most);
    }
  }

  /// What every mail has.
  ///
  /// @param from who writes where the job does not say, with or without a display name; may be
  ///   empty, then such mails are refused
  /// @param bounceAddress where bounces go, with a token of each mail behind a `+` in its local
  ///   part; empty for the writer's own address, without one
  /// @param unsubscribe whether mails offer to unsubscribe by one click (RFC 8058)
  /// @param receipts whether the relay is asked to tell of delivery too, where it can (RFC 3461)
  public record Mail(String from, String bounceAddress, boolean unsubscribe, boolean receipts) {
    private void check(List<String> problems) {
      require(
          from.isEmpty() || MailAddresses.sender(from).isPresent(),
          problems,
          "from must be one mail address, with or without a name before it");
      require(
          bounceAddress.isEmpty() || isFitForTokens(bounceAddress),
          problems,
          "bounce address must be a mail address with at most %d characters before its @"
              .formatted(LONGEST_BOUNCE_LOCAL_PART));
    }

    private static boolean isFitForTokens(String address) {
      return EmailAddress.parse(address)
          .filter(parsed -> parsed.value().indexOf('@') <= LONGEST_BOUNCE_LOCAL_PART)
          .filter(parsed -> parsed.value().indexOf('"') < 0)
          .isPresent();
    }
  }

  /// How mails are signed (RFC 6376).
  ///
  /// @param domain whose key it is
  /// @param selector under which its public half is published: `selector._domainkey.domain`
  /// @param keyFile its private half: an RSA key as PKCS #8 in PEM
  public record Dkim(String domain, String selector, Path keyFile) {
    private void check(List<String> problems) {
      require(!domain.isEmpty(), problems, "DKIM needs a domain");
      require(selector.matches("[A-Za-z0-9._-]+"), problems, "DKIM needs a selector");
      DkimKey.problem(keyFile).ifPresent(problems::add);
    }
  }

  /// Where bounces are fetched by IMAP (RFC 9051).
  ///
  /// @param folder which one, such as INBOX
  /// @param poll time between two looks
  /// @param delete whether what was read is deleted; otherwise it is marked as seen
  public record Mailbox(
      SmtpServer server, Login login, String folder, Duration poll, boolean delete) {
    private void check(List<String> problems) {
      server.problems().forEach(problem -> problems.add("mailbox: " + problem));
      login.check(problems);
      require(!folder.isEmpty(), problems, "mailbox needs a folder");
      require(poll.isPositive(), problems, "mailbox poll must be above 0");
    }
  }
}
