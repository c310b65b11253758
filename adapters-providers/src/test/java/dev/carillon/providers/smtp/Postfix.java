package dev.carillon.providers.smtp;

import dev.carillon.providers.smpp.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Postfix of a test: takes mails for everybody at 127.0.0.1, delivers those to mail.example.org
/// into one maildir, and knows that example.net has nobody. Refuses refuse@example.com for good and
/// later@example.com for now. Needs root, as Postfix does.
final class Postfix implements AutoCloseable {
  private final PeerProcess process;
  private final Path mails;
  private final Path settings;

  /// Starts it in a directory of its own.
  Postfix(Path directory, int port) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    settings = Files.createDirectory(directory.resolve("settings"));
    Files.createDirectory(directory.resolve("queue"));
    own(Files.createDirectory(directory.resolve("data")));
    own(Files.createDirectory(directory.resolve("mail")));
    mails = directory.resolve("mail/all/new");
    int uid = (int) Files.getAttribute(directory.resolve("mail"), "unix:uid");
    Files.writeString(settings.resolve("main.cf"), settings(directory, uid));
    Files.writeString(settings.resolve("master.cf"), services(port));
    process = new PeerProcess(directory, List.of("postfix", "-c", settings.toString(), "start-fg"));
    process.awaitLines("daemon started", 1);
  }

  /// What it has delivered.
  List<byte[]> delivered() {
    if (!Files.isDirectory(mails)) {
      return List.of();
    }
    List<byte[]> delivered = new ArrayList<>();
    try (Stream<Path> files = Files.list(mails)) {
      for (Path file : files.sorted().toList()) {
        delivered.add(Files.readAllBytes(file));
      }
      return delivered;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      // its master outlives whoever started it
      Process stop =
          new ProcessBuilder("postfix", "-c", settings.toString(), "stop")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stop.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("Postfix does not stop");
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.close();
    }
  }

  private static void own(Path directory) throws IOException {
    Files.setOwner(
        directory,
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
  }

  private static String services(int port) {
    return """
    127.0.0.1:%d inet n - n - - smtpd
    pickup unix n - n 60 1 pickup
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    tlsmgr unix - - n 300 1 tlsmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    verify unix - - n - 1 verify
    flush unix n - n 300 0 flush
    proxymap unix - - n - - proxymap
    smtp unix - - n - - smtp
    error unix - - n - - error
    retry unix - - n - - error
    virtual unix - n n - - virtual
    anvil unix - - n - 1 anvil
    scache unix - - n - 1 scache
    postlog unix-dgram n - n - 1 postlogd
    """
        .formatted(port);
  }

  private static String settings(Path directory, int uid) {
    return """
    compatibility_level = 3.6
    queue_directory = %1$s/queue
    data_directory = %1$s/data
    maillog_file = /dev/stdout
    inet_interfaces = 127.0.0.1
    inet_protocols = ipv4
    myhostname = relay.example.org
    mydestination =
    mynetworks = 127.0.0.0/8
    alias_maps =
    alias_database =
    recipient_delimiter = +
    smtpd_relay_restrictions = permit_mynetworks, reject
    smtpd_reject_unlisted_recipient = no
    smtpd_recipient_restrictions = check_recipient_access inline:{ {refuse@example.com = 550 5.1.1 no}, {later@example.com = 450 4.7.1 later} }
    transport_maps = inline:{ {example.net = error:5.1.1 no such user} }
    virtual_mailbox_domains = mail.example.org
    virtual_mailbox_base = %1$s/mail
    virtual_mailbox_maps = static:all/
    virtual_uid_maps = static:%2$d
    virtual_gid_maps = static:%2$d
    virtual_minimum_uid = 1
    """
        .formatted(directory, uid);
  }
}
