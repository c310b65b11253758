package dev.carillon.providers.smtp;

import dev.carillon.providers.NameLookups;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPMessage;

/// The folder of a mailbox that bounces come into, while it is looked into.
final class ImapFolder implements AutoCloseable {
  /// What a report says stands before the mail that it returns, which may be large.
  private static final int MOST_OCTETS = 1 << 20;

  private static final Duration NAME_WITHIN = Duration.ofSeconds(10);
  private static final String CONNECT_MILLIS = "10000";
  private static final String READ_MILLIS = "30000";

  private static final SearchTerm UNDELETED = without(Flags.Flag.DELETED);

  private final Store store;
  private final Folder folder;
  private final boolean delete;

  private ImapFolder(Store store, Folder folder, boolean delete) {
    this.store = store;
    this.folder = folder;
    this.delete = delete;
  }

  static ImapFolder open(SmtpConfig.Mailbox config) throws MessagingException {
    String protocol = config.server().security() == SmtpServer.Security.TLS ? "imaps" : "imap";
    Store store = Session.getInstance(properties(config, protocol)).getStore(protocol);
    try {
      connect(store, config.server(), config.login());
      Folder folder = store.getFolder(config.folder());
      folder.open(Folder.READ_WRITE);
      return new ImapFolder(store, folder, config.delete());
    } catch (MessagingException e) {
      store.close();
      throw e;
    }
  }

  /// The oldest mails that were not read yet, without what is in them.
  List<Message> unread(int most) throws MessagingException {
    SearchTerm wanted = delete ? UNDELETED : new AndTerm(UNDELETED, without(Flags.Flag.SEEN));
    return Arrays.stream(folder.search(wanted)).limit(most).toList();
  }

  /// A mail as it came, at most its first 1 MiB; empty when another node has taken it away.
  Optional<byte[]> octets(Message mail) throws MessagingException {
    ((IMAPMessage) mail).setPeek(true);
    try (InputStream in = ((IMAPMessage) mail).getMimeStream()) {
      return Optional.of(in.readNBytes(MOST_OCTETS));
    } catch (MessageRemovedException gone) {
      return Optional.empty();
    } catch (IOException e) {
      if (e.getCause() instanceof MessageRemovedException) {
        return Optional.empty();
      }
      throw new MessagingException("a mail cannot be fetched", e);
    }
  }

  /// Marks mails as read, or deletes them.
  void done(List<Message> read) throws MessagingException {
    folder.setFlags(
        read.toArray(Message[]::new),
        new Flags(delete ? Flags.Flag.DELETED : Flags.Flag.SEEN),
        true);
  }

  @Override
  public void close() throws MessagingException {
    try {
      folder.close(delete);
    } finally {
      store.close();
    }
  }

  private static void connect(Store store, SmtpServer server, SmtpConfig.Login login)
      throws MessagingException {
    try {
      // The library looks it up again, without a bound, and finds what Java remembers by then.
      NameLookups.SYSTEM.first(server.host(), NAME_WITHIN);
      store.connect(server.host(), server.port(), login.user(), login.secret());
    } catch (IOException e) {
      throw new MessagingException("the server's name or the token cannot be had", e);
    }
  }

  /// https://eclipse-ee4j.github.io/angus-mail, package org.eclipse.angus.mail.imap.
  private static Properties properties(SmtpConfig.Mailbox config, String protocol) {
    SmtpServer server = config.server();
    boolean upgrade =
        server.security() == SmtpServer.Security.STARTTLS
            || server.security() == SmtpServer.Security.OPPORTUNISTIC;
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.put(prefix + "connectiontimeout", CONNECT_MILLIS);
    properties.put(prefix + "timeout", READ_MILLIS);
    properties.put(prefix + "auth.mechanisms", config.login().mechanisms());
    properties.put(prefix + "starttls.enable", String.valueOf(upgrade));
    properties.put(
        prefix + "starttls.required",
        String.valueOf(server.security() == SmtpServer.Security.STARTTLS));
    properties.put(prefix + "ssl.socketFactory", server.tls());
    properties.put(prefix + "ssl.checkserveridentity", "true");
    return properties;
  }

  private static SearchTerm without(Flags.Flag flag) {
    return new FlagTerm(new Flags(flag), false);
  }
}
