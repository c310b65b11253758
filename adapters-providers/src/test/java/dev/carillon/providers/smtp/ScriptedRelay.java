package dev.carillon.providers.smtp;

import dev.carillon.providers.Witness;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A relay that does at each command what a test tells it, for all mails or for one recipient. What
/// it answered 250 to at the end of the data it has taken.
final class ScriptedRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final Map<String, Act> acts = new ConcurrentHashMap<>();
  private final Witness<Taken> taken = new Witness<>();
  private final Witness<String> commands = new Witness<>();
  private final Witness<Socket> connections = new Witness<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile @Nullable String login;
  private volatile String mechanisms = "PLAIN LOGIN";
  private volatile @Nullable SSLContext tls;
  private volatile boolean tlsAtOnce;

  ScriptedRelay() throws IOException {
    this(InetAddress.getLoopbackAddress());
  }

  ScriptedRelay(InetAddress address) throws IOException {
    listener = new ServerSocket(0, 50, address);
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// At a command (`GREETING`, `EHLO`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `BODY` or `.`) it does this
  /// from now on.
  void at(String command, Act act) {
    acts.put(command, act);
  }

  /// The same for the mails of one recipient, from RCPT on.
  void at(String command, String recipient, Act act) {
    acts.put(command + " " + recipient, act);
  }

  /// It asks for this name and password.
  void askFor(String user, String password) {
    login = "\0" + user + "\0" + password;
  }

  /// It asks for this name and access token, and for nothing else
  /// (https://developers.google.com/gmail/imap/xoauth2-protocol).
  void askForToken(String user, String token) {
    login = "user=" + user + "\1auth=Bearer " + token + "\1\1";
    mechanisms = "XOAUTH2";
  }

  /// It speaks TLS with this certificate, on request or from the first octet on.
  void speakTls(SSLContext context, boolean atOnce) {
    tls = context;
    tlsAtOnce = atOnce;
  }

  /// What it has taken.
  List<Taken> taken() {
    return taken.seen();
  }

  /// What it was told by now, without the data.
  List<String> commands() {
    return commands.seen();
  }

  int connections() {
    return connections.seen().size();
  }

  Witness<String> told() {
    return commands;
  }

  /// Cuts all connections that there are.
  void cutAll() {
    connections.seen().forEach(ScriptedRelay::shut);
  }

  /// Whoever it lets wait goes on.
  void release() {
    released.countDown();
  }

  @Override
  public void close() throws IOException {
    released.countDown();
    listener.close();
    cutAll();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.see(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Conversation(socket).run();
    } catch (IOException gone) {
      // the test looks at what was said by then
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A mail that it took.
  ///
  /// @param from of the envelope
  /// @param to of the envelope
  /// @param secured whether it came over TLS
  /// @param octets as they came, dots undoubled
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Taken(
      String from,
      String to,
      String mailArguments,
      String rcptArguments,
      boolean secured,
      byte[] octets) {
    String text() {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  /// What it does at a command.
  sealed interface Act {
    /// Says this; the rest of the conversation goes on.
    record Say(String reply) implements Act {}

    /// Says this and closes.
    record SayAndClose(String reply) implements Act {}

    /// Closes without a word.
    record Close() implements Act {}

    /// Says nothing until it is released, then this.
    record Wait(String reply) implements Act {}

    /// Says a reply that never ends, little by little or as fast as it can.
    record Endless(boolean slow) implements Act {}
  }

  private final class Conversation {
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean secured;
    private String from = "";
    private String to = "";
    private String mailArguments = "";
    private String rcptArguments = "";

    Conversation(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    void run() throws IOException {
      if (tlsAtOnce) {
        secure();
      }
      boolean open = reply("GREETING", "220 relay ESMTP");
      while (open) {
        String line = line();
        if (line == null) {
          return;
        }
        commands.see(line);
        open = answer(line);
      }
    }

    private boolean answer(String line) throws IOException {
      String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      return switch (command) {
        case "EHLO" -> greet();
        case "STARTTLS" -> {
          say("220 go on");
          secure();
          yield true;
        }
        case "AUTH" -> reply("AUTH", isRight(line) ? "235 2.7.0 welcome" : refusal());
        case "MAIL" -> {
          from = address(line);
          mailArguments = line.substring(line.indexOf('>') + 1);
          yield reply("MAIL", "250 2.1.0 ok");
        }
        case "RCPT" -> {
          to = address(line);
          rcptArguments = line.substring(line.indexOf('>') + 1);
          yield reply("RCPT", "250 2.1.5 ok");
        }
        case "DATA" -> reply("DATA", "354 go on") && data();
        case "QUIT" -> {
          say("221 bye");
          yield false;
        }
        default -> {
          say("250 ok");
          yield true;
        }
      };
    }

    private boolean greet() throws IOException {
      String offered = login == null ? "250 DSN" : "250 AUTH " + mechanisms;
      String tlsOffered = tls == null || secured ? "" : "250-STARTTLS\r\n";
      return reply("EHLO", "250-relay\r\n" + tlsOffered + offered);
    }

    private void secure() throws IOException {
      SSLContext context = tls;
      if (context == null) {
        throw new AssertionError("no certificate");
      }
      SSLSocket layered =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
      layered.setUseClientMode(false);
      layered.startHandshake();
      socket = layered;
      in = new BufferedInputStream(layered.getInputStream());
      out = layered.getOutputStream();
      secured = true;
    }

    /// Whoever shows a token that is no good is asked for more first, and told why.
    private String refusal() {
      return mechanisms.equals("XOAUTH2") ? "334 eyJzdGF0dXMiOiI0MDEifQ==" : "535 5.7.8 no";
    }

    /// RFC 4616: what stands before the first NUL may be empty or the name.
    private boolean isRight(String line) {
      String login = ScriptedRelay.this.login;
      byte[] given = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
      return login != null && new String(given, StandardCharsets.UTF_8).endsWith(login);
    }

    private boolean data() throws IOException {
      if (act("BODY") instanceof Act.Close) {
        return false;
      }
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      String line = line();
      while (line != null && !line.equals(".")) {
        String undotted = line.startsWith(".") ? line.substring(1) : line;
        octets.write((undotted + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        line = line();
      }
      if (line == null) {
        return false;
      }
      commands.see(".");
      Act act = act(".");
      boolean takes =
          switch (act) {
            case null -> true;
            case Act.Say say -> say.reply().startsWith("2");
            case Act.Wait wait -> wait.reply().startsWith("2");
            case Act.SayAndClose say -> say.reply().startsWith("2");
            case Act.Close _ -> true;
            case Act.Endless _ -> false;
          };
      if (takes) {
        taken.see(new Taken(from, to, mailArguments, rcptArguments, secured, octets.toByteArray()));
      }
      return reply(".", "250 2.0.0 Ok: queued as ABC");
    }

    private boolean reply(String command, String usual) throws IOException {
      switch (act(command)) {
        case null -> say(usual);
        case Act.Say say -> say(say.reply());
        case Act.SayAndClose say -> {
          say(say.reply());
          return false;
        }
        case Act.Close _ -> {
          return false;
        }
        case Act.Wait wait -> {
          awaitRelease();
          say(wait.reply());
        }
        case Act.Endless endless -> speakForEver(endless.slow());
      }
      return true;
    }

    private @Nullable Act act(String command) {
      Act own = acts.get(command + " " + to);
      return own == null ? acts.get(command) : own;
    }

    private void speakForEver(boolean slow) throws IOException {
      byte[] line = "250-and so on and so on\r\n".getBytes(StandardCharsets.ISO_8859_1);
      while (!socket.isClosed()) {
        out.write(line);
        if (slow && awaited(20)) {
          return;
        }
      }
    }

    private boolean awaited(long millis) {
      try {
        return released.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private void awaitRelease() {
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private @Nullable String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int last = -1;
      int octet = in.read();
      while (octet >= 0) {
        if (octet == '\n' && last == '\r') {
          String text = line.toString(StandardCharsets.ISO_8859_1);
          return text.substring(0, text.length() - 1);
        }
        line.write(octet);
        last = octet;
        octet = in.read();
      }
      return null;
    }

    private static String address(String line) {
      return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }
  }
}
