package dev.carillon.providers.smpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;

/// One bind to a centre. The library keeps it; submit_sm and what comes in go past its waiting
/// threads, so that nobody waits for anybody: each submit_sm is told exactly once what became of
/// it, also when the session ends.
final class SmppSession extends SMPPSession {
  private static final String BROKEN = "the connection broke";

  private static final int MOST_OVERDUE = 10_000;

  private final SubmitComposer composer;
  private final SmppExchange exchange;
  private final SmppInbox inbox;
  private final SmppWindow window;
  private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
  private final Map<Integer, Parcel> overdue = new Overdue();
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean condemned;

  static SmppSession of(SmppConfig config, SmppExchange exchange, SmppInbox inbox) {
    return new SmppSession(config, exchange, inbox, new Relay());
  }

  private SmppSession(SmppConfig config, SmppExchange exchange, SmppInbox inbox, Relay relay) {
    super(
        new SynchronizedPDUSender(new DefaultPDUSender()),
        new SmppPduReader(relay),
        new SmppConnections(config.peer(), config.timing().connect()));
    this.composer = new SubmitComposer(config);
    this.exchange = exchange;
    this.inbox = inbox;
    this.window = new SmppWindow(config.limits().window());
    relay.session = this;
    setEnquireLinkTimer((int) config.timing().enquireLink().toMillis());
    setTransactionTimer(config.timing().ask().toMillis());
    addSessionStateListener((now, _, _) -> stateIs(now));
  }

  /// Places for submit_sm that are not answered.
  SmppWindow window() {
    return window;
  }

  /// Whether something may be sent over it.
  boolean isGood() {
    return !over.get() && !condemned && getSessionState().isTransmittable();
  }

  /// Nothing more goes over it; it ends when what is under way is answered.
  void condemn() {
    condemned = true;
  }

  boolean isCondemned() {
    return condemned;
  }

  boolean isQuiet() {
    return pending.isEmpty();
  }

  CountDownLatch ended() {
    return ended;
  }

  /// Writes parts whose places in the window are taken, in one go. What becomes of each is told to
  /// the exchange.
  void send(List<Parcel> parcels) {
    Map<Integer, Pending> begun = new LinkedHashMap<>();
    try {
      send(parcels, begun);
    } catch (RuntimeException bug) {
      begun.keySet().forEach(sequence -> lose(sequence, "failed within the service"));
      throw bug;
    }
  }

  private void send(List<Parcel> parcels, Map<Integer, Pending> begun) {
    ByteArrayOutputStream pdus = new ByteArrayOutputStream();
    Map<Integer, Pending> sent = new LinkedHashMap<>();
    for (Parcel parcel : parcels) {
      int sequence = sequence().nextValue();
      Pending one = new Pending(parcel);
      begun.put(sequence, one);
      pending.put(sequence, one);
      try {
        composer.compose(parcel, sequence, pdus);
        sent.put(sequence, one);
      } catch (PDUStringException unfit) {
        unsent(sequence, () -> exchange.refused(this, parcel, unfit.getErrorCode()));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    if (!sent.isEmpty()) {
      write(pdus, sent);
    }
  }

  private void write(ByteArrayOutputStream pdus, Map<Integer, Pending> sent) {
    OutputStream out = connection().getOutputStream();
    try {
      // What the library writes itself is written under the same lock.
      synchronized (out) {
        pdus.writeTo(out);
        out.flush();
      }
    } catch (IOException e) {
      sent.forEach((sequence, one) -> failed(sequence, one, sent.size()));
      close();
      return;
    }
    sent.values().forEach(one -> one.written = true);
    if (over.get()) {
      sent.keySet().forEach(sequence -> lose(sequence, BROKEN));
    }
  }

  /// A write that throws has not written all of its octets: the centre cannot have the whole of a
  /// single PDU, but of several it may have some.
  private void failed(int sequence, Pending one, int together) {
    if (together == 1) {
      unsent(sequence, () -> exchange.unsent(one.parcel, BROKEN));
    } else {
      lose(sequence, BROKEN);
    }
  }

  private void unsent(int sequence, Runnable told) {
    if (pending.remove(sequence) != null) {
      window.release();
      told.run();
    }
  }

  /// Gives up what should have been answered by now; an answer that comes later is still heard.
  void expire(long now) {
    pending.forEach((sequence, sent) -> {
      if (now - sent.parcel.submission().answerBy() <= 0) {
        return;
      }
      if (sent.written) {
        remember(sequence, sent.parcel);
        lose(sequence, "no answer in time");
      } else {
        // The other side reads nothing, so the write never ends; closing makes it fail.
        close();
      }
    });
  }

  private void lose(int sequence, String why) {
    Pending lost = pending.remove(sequence);
    if (lost != null) {
      window.release();
      exchange.lost(lost.parcel, why);
    }
  }

  private void stateIs(SessionState now) {
    if (now != SessionState.CLOSED && now != SessionState.UNBOUND) {
      return;
    }
    if (over.compareAndSet(false, true)) {
      pending.forEach((sequence, sent) -> {
        if (sent.written) {
          lose(sequence, BROKEN);
        }
      });
      ended.countDown();
    }
  }

  /// Answers a deliver_sm; when the connection is gone, the centre will bring it again.
  void answer(int sequence, int status) {
    try {
      pduSender().sendDeliverSmResp(connection().getOutputStream(), status, sequence, "");
    } catch (IOException gone) {
      close();
    }
  }

  private boolean takes(int command, int status, int sequence, byte[] pdu) {
    return switch (command) {
      case SMPPConstant.CID_SUBMIT_SM_RESP -> {
        answered(sequence, status, pdu);
        yield true;
      }
      case SMPPConstant.CID_GENERIC_NACK -> isRefused(sequence, status);
      case SMPPConstant.CID_DELIVER_SM -> {
        if (!inbox.offer(this, sequence, pdu)) {
          answer(sequence, SMPPConstant.STAT_ESME_RTHROTTLED);
        }
        yield true;
      }
      default -> false;
    };
  }

  private void answered(int sequence, int status, byte[] pdu) {
    Pending sent = pending.remove(sequence);
    if (sent != null) {
      window.release();
      tell(sent.parcel, status, pdu);
      return;
    }
    Parcel late = overdue(sequence);
    String id = SmppPduReader.id(pdu);
    if (late != null && SmppPduReader.isReadable(id)) {
      exchange.late(late, status, id);
    }
  }

  private void tell(Parcel parcel, int status, byte[] pdu) {
    String id = SmppPduReader.id(pdu);
    if (status != SMPPConstant.STAT_ESME_ROK) {
      exchange.refused(this, parcel, status);
    } else if (!SmppPduReader.isReadable(id)) {
      exchange.lost(parcel, "the answer cannot be read");
    } else {
      exchange.taken(parcel, id);
    }
  }

  /// A generic_nack says that the PDU was not carried out (SMPP 3.4, 4.3).
  private boolean isRefused(int sequence, int status) {
    Pending sent = pending.remove(sequence);
    if (sent == null) {
      return false;
    }
    window.release();
    if (status == SMPPConstant.STAT_ESME_ROK) {
      exchange.lost(sent.parcel, "the answer cannot be read");
    } else {
      exchange.refused(this, sent.parcel, status);
    }
    return true;
  }

  private void remember(int sequence, Parcel parcel) {
    synchronized (overdue) {
      overdue.put(sequence, parcel);
    }
  }

  private @Nullable Parcel overdue(int sequence) {
    synchronized (overdue) {
      return overdue.remove(sequence);
    }
  }

  private static final class Pending {
    private final Parcel parcel;
    private volatile boolean written;

    private Pending(Parcel parcel) {
      this.parcel = parcel;
    }
  }

  private static final class Overdue extends LinkedHashMap<Integer, Parcel> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Parcel> eldest) {
      return size() > MOST_OVERDUE;
    }
  }

  /// Stands in for the session until it is made.
  private static final class Relay implements SmppPduReader.Listener {
    private volatile @Nullable SmppSession session;

    @Override
    public boolean takes(int command, int status, int sequence, byte[] pdu) {
      SmppSession made = session;
      return made != null && made.takes(command, status, sequence, pdu);
    }
  }
}
