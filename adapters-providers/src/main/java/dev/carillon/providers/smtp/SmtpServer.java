package dev.carillon.providers.smtp;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A mail server and how its connection is protected. Its certificate has to be valid for its name
/// wherever there is TLS.
///
/// @param ownName how we greet it; empty for this machine's name
/// @param trust authorities that are trusted in place of the system's, a PEM file; null for those
public record SmtpServer(
    String host, int port, Security security, String ownName, @Nullable Path trust) {
  private static final int MOST_PORT = 65_535;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

  /// How a connection is protected.
  public enum Security {
    /// Not at all.
    NONE,
    /// By TLS when the server offers it (STARTTLS, RFC 3207).
    OPPORTUNISTIC,
    /// By TLS, or there is none (STARTTLS, RFC 3207).
    STARTTLS,
    /// By TLS from its first byte on (RFC 8314).
    TLS
  }

  /// Whether it is this machine.
  boolean isLocal() {
    return LOCAL.contains(host);
  }

  /// Makes its TLS connections.
  SSLSocketFactory tls() {
    if (trust == null) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    try {
      return TrustFile.sockets(trust);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("trust file cannot be read: " + trust, e);
    }
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    SmtpConfig.require(!host.isBlank(), problems, "host must be given");
    SmtpConfig.require(port >= 1 && port <= MOST_PORT, problems, "port must be 1 to " + MOST_PORT);
    // It becomes part of a command.
    SmtpConfig.require(
        ownName.matches("[A-Za-z0-9.:\\[\\]-]*"), problems, "hello name must be a host name");
    if (trust != null) {
      TrustFile.problem(trust).ifPresent(problems::add);
    }
    return problems;
  }
}
