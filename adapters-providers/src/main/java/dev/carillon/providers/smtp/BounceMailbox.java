package dev.carillon.providers.smtp;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches bounces from a mailbox, again and again. What a mail tells is stored before it is marked
/// as seen or deleted, so that none is lost; it may be told twice. Several nodes may look into the
/// same mailbox.
final class BounceMailbox implements AutoCloseable {
  /// Mails of one look; the next follows at once where there were so many.
  private static final int MOST = 200;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger logger = LoggerFactory.getLogger(BounceMailbox.class);

  private final CarrierId carrier;
  private final SmtpConfig.Mailbox config;
  private final SmtpReceipts receipts;
  private final NoticeSink sink;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  BounceMailbox(
      CarrierId carrier,
      SmtpConfig.Mailbox config,
      SmtpReceipts receipts,
      NoticeSink sink,
      InstantSource clock) {
    this.carrier = carrier;
    this.config = config;
    this.receipts = receipts;
    this.sink = sink;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("bounces-" + carrier).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_WITHIN)) {
        logger.warn("{}: the mailbox for bounces is still being read", carrier);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    boolean more = false;
    while (!isClosedAfter(more ? Duration.ZERO : pause(failures))) {
      try {
        more = look() == MOST;
        failures = 0;
      } catch (MessagingException | RuntimeException | Error e) {
        more = false;
        failures++;
        tell(failures, e);
      }
    }
  }

  /// One look, with one mail in memory at a time; the number of mails read.
  private int look() throws MessagingException {
    try (ImapFolder folder = ImapFolder.open(config)) {
      List<Message> read = new ArrayList<>();
      List<Notice> notices = new ArrayList<>();
      for (Message mail : folder.unread(MOST)) {
        if (isClosedAfter(Duration.ZERO)) {
          break;
        }
        folder
            .octets(mail)
            .ifPresent(octets -> {
              notices.addAll(told(octets));
              read.add(mail);
            });
      }
      for (int next = 0; next < notices.size(); next += NoticeSink.MOST) {
        sink.record(notices.subList(next, Math.min(next + NoticeSink.MOST, notices.size())));
      }
      folder.done(read);
      return read.size();
    }
  }

  /// A mail that cannot be read, whatever the reason, tells nothing, and keeps no other from being
  /// read.
  private List<Notice> told(byte[] mail) {
    try {
      return receipts.read(mail, clock.instant());
    } catch (RuntimeException | Error unreadable) {
      logger.warn("{}: a bounce cannot be read: {}", carrier, unreadable.getClass().getName());
      return List.of();
    }
  }

  private void tell(int failures, Throwable e) {
    if (failures == 1) {
      // the words of a mail system may hold addresses
      logger.warn("{}: bounces cannot be fetched: {}", carrier, e.getClass().getName());
    }
  }

  private Duration pause(int failures) {
    Duration pause = config.poll().multipliedBy(1L << Math.min(failures, 8));
    return failures == 0 || pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
  }

  private boolean isClosedAfter(Duration pause) {
    try {
      return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
