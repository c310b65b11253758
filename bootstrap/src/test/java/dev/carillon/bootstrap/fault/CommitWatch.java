package dev.carillon.bootstrap.fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows what a client says to PostgreSQL as far as needed to know which answer is the one to a
/// COMMIT (PostgreSQL manual, 54.2 Message Flow): a simple query, or a statement that was parsed
/// under a name, bound and executed. Each query or Sync has one ReadyForQuery in answer, in order.
final class CommitWatch {
  private static final Pattern NAME = Pattern.compile("application_name\\W+(carillon[\\w-]*)");
  private static final String DONE = "COMMIT";

  private final Set<String> commitStatements = new HashSet<>();
  private final ConcurrentLinkedQueue<Boolean> turns = new ConcurrentLinkedQueue<>();
  private volatile String application = "";
  private boolean bound;
  private boolean committing;

  /// The client's first message.
  void started(byte[] body) {
    learnName(text(body, 0, body.length));
  }

  /// A message of the client; called before it is forwarded.
  void said(int type, byte[] body) {
    switch (type) {
      case 'Q' -> {
        learnName(text(body, 0, body.length));
        turns.add(isCommit(string(body, 0)));
      }
      case 'P' -> parsed(body);
      case 'B' -> bound = commitStatements.contains(string(body, end(body, 0)));
      case 'E' -> committing |= bound;
      case 'S' -> {
        turns.add(committing);
        committing = false;
      }
      default -> {
        // Nothing else begins or ends a turn, or names a statement.
      }
    }
  }

  /// Whether this message of the server says that it carried out the COMMIT which is its turn.
  boolean isCarriedOut(int type, byte[] body) {
    return type == 'C' && Boolean.TRUE.equals(turns.peek()) && string(body, 0).equals(DONE);
  }

  /// Whether this message of the server ends a turn.
  boolean isReady(int type) {
    if (type != 'Z') {
      return false;
    }
    turns.poll();
    return true;
  }

  /// What the client calls itself; empty until it has.
  String application() {
    return application;
  }

  private void parsed(byte[] body) {
    String statement = string(body, 0);
    String sql = string(body, end(body, 0));
    learnName(sql);
    if (isCommit(sql)) {
      commitStatements.add(statement);
    } else {
      commitStatements.remove(statement);
    }
  }

  private void learnName(String text) {
    if (application.isEmpty()) {
      Matcher name = NAME.matcher(text);
      application = name.find() ? name.group(1) : "";
    }
  }

  private static boolean isCommit(String sql) {
    return sql.strip().toUpperCase(Locale.ROOT).matches("COMMIT;?");
  }

  /// The string, ended by a zero, that begins there.
  private static String string(byte[] body, int from) {
    return text(body, from, end(body, from) - 1 - from);
  }

  /// Where the string that begins there has ended.
  private static int end(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return end + 1;
  }

  private static String text(byte[] body, int from, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(body, from, Math.min(length, body.length - from));
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
