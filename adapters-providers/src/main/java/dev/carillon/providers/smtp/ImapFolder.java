package dev.carillon.providers.smtp;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPMessage;

/// The folder of a mailbox that bounces come into, while it is looked into.
final class ImapFolder implements AutoCloseable {
  /// What a report says stands before the mail that it returns, which may be large.
  private static final int MOST_OCTETS = 1 << 20;

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
    Store store = Session.getInstance(properties(config.server(), protocol)).getStore(protocol);
    try {
      store.connect(
          config.server().host(),
          config.server().port(),
          config.login().user(),
          config.login().password());
      Folder folder = store.getFolder(config.folder());
      folder.open(Folder.READ_WRITE);
      return new ImapFolder(store, folder, config.delete());
    } catch (MessagingException e) {
      store.close();
      throw e;
    }
  }

  /// The oldest mails that were not read yet, bounded in number and in size.
  List<Unread> unread(int most) throws MessagingException {
    SearchTerm wanted = delete ? UNDELETED : new AndTerm(UNDELETED, without(Flags.Flag.SEEN));
    Message[] found = folder.search(wanted);
    List<Unread> unread = new ArrayList<>();
    for (int i = 0; i < Math.min(most, found.length); i++) {
      unread.add(new Unread(found[i], octets((IMAPMessage) found[i])));
    }
    return unread;
  }

  /// Marks mails as read, or deletes them.
  void done(List<Unread> read) throws MessagingException {
    Message[] messages = read.stream().map(Unread::message).toArray(Message[]::new);
    folder.setFlags(messages, new Flags(delete ? Flags.Flag.DELETED : Flags.Flag.SEEN), true);
  }

  @Override
  public void close() throws MessagingException {
    try {
      folder.close(delete);
    } finally {
      store.close();
    }
  }

  private static byte[] octets(IMAPMessage message) throws MessagingException {
    message.setPeek(true);
    try (InputStream in = message.getMimeStream()) {
      return in.readNBytes(MOST_OCTETS);
    } catch (IOException e) {
      throw new MessagingException("a mail cannot be fetched", e);
    }
  }

  /// https://eclipse-ee4j.github.io/angus-mail, package org.eclipse.angus.mail.imap.
  private static Properties properties(SmtpServer server, String protocol) {
    boolean upgrade =
        server.security() == SmtpServer.Security.STARTTLS
            || server.security() == SmtpServer.Security.OPPORTUNISTIC;
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.put(prefix + "connectiontimeout", CONNECT_MILLIS);
    properties.put(prefix + "timeout", READ_MILLIS);
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

  /// A mail that was not read yet.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Unread(Message message, byte[] octets) {
    @Override
    public String toString() {
      return "Unread[" + octets.length + " octets]";
    }
  }
}
