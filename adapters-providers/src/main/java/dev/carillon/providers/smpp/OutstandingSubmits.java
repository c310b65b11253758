package dev.carillon.providers.smpp;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jsmpp.SMPPConstant;
import org.jspecify.annotations.Nullable;

/// The submit_sm of a session that are not answered, by their sequence numbers. Whatever happens,
/// the exchange is told of each exactly once, and its place in the window is given back. Late
/// answers to those that were given up are still heard, of the last 10,000.
final class OutstandingSubmits {
  private static final int MOST_OVERDUE = 10_000;

  private final SmppExchange exchange;
  private final SmppWindow window;
  private final Map<Integer, Outstanding> outstanding = new ConcurrentHashMap<>();
  private final Map<Integer, Parcel> overdue = new Overdue();

  OutstandingSubmits(SmppExchange exchange, SmppWindow window) {
    this.exchange = exchange;
    this.window = window;
  }

  boolean isEmpty() {
    return outstanding.isEmpty();
  }

  /// It is about to be written; its place in the window is taken.
  void begin(int sequence, Parcel parcel) {
    outstanding.put(sequence, new Outstanding(parcel));
  }

  /// They have gone out whole.
  void written(Collection<Integer> sequences) {
    for (int sequence : sequences) {
      Outstanding sent = outstanding.get(sequence);
      if (sent != null) {
        sent.written = true;
      }
    }
  }

  /// It surely did not go out.
  void unsent(int sequence, String why) {
    Parcel unsent = end(sequence);
    if (unsent != null) {
      exchange.unsent(unsent, why);
    }
  }

  /// It is refused by the centre, or before it went out for the same reason.
  void refused(SmppSession session, int sequence, int status) {
    Parcel refused = end(sequence);
    if (refused != null) {
      exchange.refused(session, refused, status);
    }
  }

  /// Nobody knows whether it came.
  void lost(int sequence, String why) {
    Parcel lost = end(sequence);
    if (lost != null) {
      exchange.lost(lost, why);
    }
  }

  /// Loses all that have gone out; whoever is still writing the others learns it from the write.
  void loseWritten(String why) {
    outstanding.forEach((sequence, sent) -> {
      if (sent.written) {
        lost(sequence, why);
      }
    });
  }

  /// Gives up those that should have been answered by now; an answer that comes later is still
  /// heard. Tells whether one of them is still being written: the other side reads nothing.
  boolean expire(long now) {
    boolean stuck = false;
    for (Map.Entry<Integer, Outstanding> one : outstanding.entrySet()) {
      Outstanding sent = one.getValue();
      if (now - sent.parcel.submission().answerBy() > 0) {
        stuck |= !sent.written;
        if (sent.written) {
          remember(one.getKey(), sent.parcel);
          lost(one.getKey(), "no answer in time");
        }
      }
    }
    return stuck;
  }

  /// The centre answered it.
  void answered(SmppSession session, int sequence, int status, byte[] pdu) {
    String id = SmppPduReader.id(pdu);
    Parcel sent = end(sequence);
    if (sent != null) {
      tell(session, sent, status, id);
      return;
    }
    Parcel late = overdue(sequence);
    if (late != null && SmppPduReader.isReadable(id)) {
      exchange.late(late, status, id);
    }
  }

  private void tell(SmppSession session, Parcel sent, int status, String id) {
    if (status != SMPPConstant.STAT_ESME_ROK) {
      exchange.refused(session, sent, status);
    } else if (!SmppPduReader.isReadable(id)) {
      exchange.lost(sent, "the answer cannot be read");
    } else {
      exchange.taken(sent, id);
    }
  }

  /// A generic_nack says that the PDU was not carried out (SMPP 3.4, 4.3); whether it was one of
  /// these.
  boolean isRefused(SmppSession session, int sequence, int status) {
    Parcel sent = end(sequence);
    if (sent == null) {
      return false;
    }
    if (status == SMPPConstant.STAT_ESME_ROK) {
      exchange.lost(sent, "the answer cannot be read");
    } else {
      exchange.refused(session, sent, status);
    }
    return true;
  }

  /// Null when somebody else has told of it.
  private @Nullable Parcel end(int sequence) {
    Outstanding ended = outstanding.remove(sequence);
    if (ended == null) {
      return null;
    }
    window.release();
    return ended.parcel;
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

  private static final class Outstanding {
    private final Parcel parcel;
    private volatile boolean written;

    private Outstanding(Parcel parcel) {
      this.parcel = parcel;
    }
  }

  private static final class Overdue extends LinkedHashMap<Integer, Parcel> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Parcel> eldest) {
      return size() > MOST_OVERDUE;
    }
  }
}
