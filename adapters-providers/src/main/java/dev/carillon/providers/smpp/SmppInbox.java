package dev.carillon.providers.smpp;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.error.DomainException;
import dev.carillon.providers.Wordless;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.util.DefaultDecomposer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what a centre delivers, many at a time, and answers each deliver_sm only then: while the
/// store is away the centre is told to come again (ESME_RX_T_APPN), and what has no room here too.
final class SmppInbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmppInbox.class);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 200;

  private final SmppReceipts receipts;
  private final DoubtfulMessages doubtful;
  private final NoticeSink sink;
  private final BlockingQueue<Delivered> delivered;
  private final BlockingQueue<Notice> ours;
  private final DefaultDecomposer decomposer = new DefaultDecomposer();
  private final Thread thread;
  private volatile boolean closed;

  /// @param capacity deliver_sm that wait to be stored, and as many notices of our own
  SmppInbox(
      String name,
      SmppReceipts receipts,
      DoubtfulMessages doubtful,
      NoticeSink sink,
      int capacity) {
    this.receipts = receipts;
    this.doubtful = doubtful;
    this.sink = sink;
    this.delivered = new LinkedBlockingQueue<>(capacity);
    this.ours = new LinkedBlockingQueue<>(capacity);
    this.thread = Thread.ofPlatform().name(name + "-inbox").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Takes a deliver_sm to store and answer it; false when there is no room.
  boolean offer(SmppSession session, int sequence, byte[] pdu) {
    return !closed && delivered.offer(new Delivered(session, sequence, pdu));
  }

  /// Takes a notice that no centre brings again; it is kept until the store takes it.
  void tell(Notice notice) {
    if (!ours.offer(notice)) {
      log.error("a late answer could not be kept: {} wait to be stored", ours.size());
    }
  }

  /// Stores what is there, as far as the store takes it.
  @Override
  public void close() {
    closed = true;
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_WITHIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      boolean stored = true;
      while (!closed || (stored && !(delivered.isEmpty() && ours.isEmpty()))) {
        Delivered first = delivered.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        stored = takeSafely(first);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean takeSafely(@Nullable Delivered first) {
    try {
      return take(first);
    } catch (RuntimeException | Error bug) {
      tell("what was delivered could not be handled; the centre will bring it again", bug);
      return true;
    }
  }

  /// The words of what failed may hold what it is about.
  private static void tell(String what, Throwable bug) {
    log.error("{}: {}", what, bug.getClass().getName());
    log.debug("the inbox", Wordless.of(bug));
  }

  private boolean take(@Nullable Delivered first) {
    List<Entry> entries = new ArrayList<>();
    List<Notice> told = new ArrayList<>();
    ours.drainTo(told, NoticeSink.MOST / 2);
    told.forEach(notice -> entries.add(new Entry(null, notice)));
    List<Delivered> batch = new ArrayList<>();
    if (first != null) {
      batch.add(first);
      delivered.drainTo(batch, NoticeSink.MOST / 2 - 1);
    }
    batch.forEach(one -> read(one).ifPresent(notice -> entries.add(new Entry(one, notice))));
    return entries.isEmpty() || store(entries);
  }

  /// What it tells; what tells nothing is answered here and now.
  private Optional<Notice> read(Delivered one) {
    try {
      Optional<Notice> notice = receipts.read(decomposer.deliverSm(one.pdu));
      if (notice.isEmpty()) {
        one.answer(SMPPConstant.STAT_ESME_ROK);
      }
      return notice.map(this::known);
    } catch (PDUStringException | RuntimeException unreadable) {
      // Whatever is in it is personal, so that nothing of it is logged.
      log.warn("a deliver_sm cannot be read: {}", unreadable.getClass().getSimpleName());
      one.answer(SMPPConstant.STAT_ESME_RX_P_APPN);
      return Optional.empty();
    }
  }

  /// A receipt for an id that came in a late answer names a message that only this process knows.
  private Notice known(Notice notice) {
    return notice instanceof Notice.OfCarrierMessage(CarrierReceipt receipt)
        ? doubtful
            .named(receipt.carrierMessageId())
            .<Notice>map(ref ->
                new Notice.OfMessage(
                    new Receipt(
                        ref,
                        receipt.kind(),
                        receipt.reason(),
                        receipt.detail(),
                        receipt.carrier(),
                        receipt.rawId(),
                        receipt.at())))
            .orElse(notice)
        : notice;
  }

  private boolean store(List<Entry> entries) {
    try {
      sink.record(entries.stream().map(Entry::notice).toList());
      entries.forEach(entry -> entry.answer(SMPPConstant.STAT_ESME_ROK));
      return true;
    } catch (DomainException storeAway) {
      entries.forEach(this::giveBack);
      return false;
    } catch (RuntimeException | Error bug) {
      if (entries.size() > 1) {
        entries.forEach(entry -> store(List.of(entry)));
        return true;
      }
      tell("a notice could not be stored", bug);
      entries.getFirst().answer(SMPPConstant.STAT_ESME_RX_T_APPN);
      return true;
    }
  }

  private void giveBack(Entry entry) {
    if (entry.delivered == null) {
      tell(entry.notice);
    } else {
      entry.answer(SMPPConstant.STAT_ESME_RX_T_APPN);
    }
  }

  /// A deliver_sm that is not answered yet.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Delivered(SmppSession session, int sequence, byte[] pdu) {
    private void answer(int status) {
      session.answer(sequence, status);
    }

    @Override
    public String toString() {
      return "Delivered[" + sequence + "]";
    }
  }

  /// @param delivered what it came in; null for one of our own
  private record Entry(@Nullable Delivered delivered, Notice notice) {
    private void answer(int status) {
      if (delivered != null) {
        delivered.answer(status);
      }
    }
  }
}
