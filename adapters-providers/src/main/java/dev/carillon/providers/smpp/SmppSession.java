package dev.carillon.providers.smpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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

  private final SubmitComposer composer;
  private final SmppInbox inbox;
  private final SmppWindow window;
  private final OutstandingSubmits outstanding;
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
    this.inbox = inbox;
    this.window = new SmppWindow(config.limits().window());
    this.outstanding = new OutstandingSubmits(exchange, window);
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
    return outstanding.isEmpty();
  }

  CountDownLatch ended() {
    return ended;
  }

  /// Writes parts whose places in the window are taken, in one go. What becomes of each is told to
  /// the exchange.
  void send(List<Parcel> parcels) {
    List<Integer> begun = new ArrayList<>(parcels.size());
    try {
      send(parcels, begun);
    } catch (RuntimeException bug) {
      begun.forEach(sequence -> outstanding.lost(sequence, "failed within the service"));
      throw bug;
    }
  }

  private void send(List<Parcel> parcels, List<Integer> begun) {
    ByteArrayOutputStream pdus = new ByteArrayOutputStream();
    List<Integer> sent = new ArrayList<>(parcels.size());
    for (Parcel parcel : parcels) {
      int sequence = sequence().nextValue();
      begun.add(sequence);
      outstanding.begin(sequence, parcel);
      try {
        composer.compose(parcel, sequence, pdus);
        sent.add(sequence);
      } catch (PDUStringException unfit) {
        outstanding.refused(this, sequence, unfit.getErrorCode());
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    if (!sent.isEmpty()) {
      write(pdus, sent);
    }
  }

  private void write(ByteArrayOutputStream pdus, List<Integer> sent) {
    OutputStream out = connection().getOutputStream();
    try {
      // What the library writes itself is written under the same lock.
      synchronized (out) {
        pdus.writeTo(out);
        out.flush();
      }
    } catch (IOException e) {
      failed(sent);
      close();
      return;
    }
    outstanding.written(sent);
    if (over.get()) {
      sent.forEach(sequence -> outstanding.lost(sequence, BROKEN));
    }
  }

  /// A write that throws has not written all of its octets: the centre cannot have the whole of a
  /// single PDU, but of several it may have some.
  private void failed(List<Integer> sent) {
    if (sent.size() == 1) {
      outstanding.unsent(sent.getFirst(), BROKEN);
    } else {
      sent.forEach(sequence -> outstanding.lost(sequence, BROKEN));
    }
  }

  /// Gives up what should have been answered by now; an answer that comes later is still heard.
  void expire(long now) {
    if (outstanding.expire(now)) {
      // The other side reads nothing, so the write never ends; closing makes it fail.
      close();
    }
  }

  private void stateIs(SessionState now) {
    if (now != SessionState.CLOSED && now != SessionState.UNBOUND) {
      return;
    }
    if (over.compareAndSet(false, true)) {
      outstanding.loseWritten(BROKEN);
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
        outstanding.answered(this, sequence, status, pdu);
        yield true;
      }
      case SMPPConstant.CID_GENERIC_NACK -> outstanding.isRefused(this, sequence, status);
      case SMPPConstant.CID_DELIVER_SM -> {
        if (!inbox.offer(this, sequence, pdu)) {
          answer(sequence, SMPPConstant.STAT_ESME_RTHROTTLED);
        }
        yield true;
      }
      default -> false;
    };
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
