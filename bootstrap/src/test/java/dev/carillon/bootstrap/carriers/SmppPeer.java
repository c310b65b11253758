package dev.carillon.bootstrap.carriers;

import dev.carillon.domain.content.GsmAlphabet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/// An SMS centre of jsmpp's, with phones behind it that join the parts of what they get. What
/// becomes of a message is up to its number: see [Fate]; what is READ elsewhere is delivered here.
final class SmppPeer implements ServerMessageReceiverListener, AutoCloseable {
  private static final int NO_SUCH_NUMBER = 0x0B;
  private static final int NOT_SUPPORTED = 0x03;
  private static final int ESCAPE = 0x1B;

  /// More than a window: who delivers a receipt before the answer waits for us meanwhile.
  private static final int HANDS = 128;

  private static final int RECEIPTS = 500;

  private final Map<String, Map<Integer, String>> parts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> bugs = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<SMPPServerSession> sessions = new ConcurrentLinkedQueue<>();
  private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore unanswered = new Semaphore(RECEIPTS);
  private final AtomicInteger next = new AtomicInteger(0x0ABC00);
  private final int port;
  private final SMPPServerSessionListener listener;

  SmppPeer() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    listener = new SMPPServerSessionListener(port);
    listener.setPduProcessorDegree(HANDS);
    listener.setQueueCapacity(10_000);
    listener.setMessageReceiverListener(this);
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return port;
  }

  /// The texts by number, as the phones show them.
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    parts.forEach((number, some) -> texts.put(number, String.join("", some.values())));
    return texts;
  }

  List<String> bugs() {
    return List.copyOf(bugs);
  }

  @Override
  public void close() {
    later.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions.forEach(SMPPServerSession::close);
  }

  private void accept() {
    try {
      while (true) {
        SMPPServerSession session = listener.accept();
        sessions.add(session);
        session.setTransactionTimer(TimeUnit.SECONDS.toMillis(30));
        session.waitForBind(10_000).accept("peer", InterfaceVersion.IF_34);
      }
    } catch (IOException | TimeoutException | PDUStringException end) {
      // Closed.
    }
  }

  @Override
  public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession session)
      throws ProcessRequestException {
    String number = "+" + submit.getDestAddress();
    Fate fate = Fate.of(number);
    if (!fate.isTaken()) {
      throw new ProcessRequestException("no such number", NO_SUCH_NUMBER);
    }
    byte[] octets = submit.getShortMessage();
    boolean headed = (submit.getEsmClass() & 0x40) != 0;
    int part = headed ? octets[5] : 1;
    String text = text(octets, headed ? octets[0] + 1 : 0, submit.getDataCoding());
    if (parts.computeIfAbsent(number, to -> new ConcurrentHashMap<>()).put(part, text) != null) {
      bugs.add(number + " got a part twice");
    }
    return taken(submit, session, fate);
  }

  private SubmitSmResult taken(SubmitSm submit, SMPPServerSession session, Fate fate)
      throws ProcessRequestException {
    int id = next.incrementAndGet();
    String state = fate == Fate.UNDELIVERED ? "UNDELIV" : "DELIVRD";
    if (fate == Fate.EARLY) {
      deliver(submit, session, id, state);
    } else {
      later.execute(() -> deliver(submit, session, id, state));
    }
    try {
      return new SubmitSmResult(new MessageId(Integer.toHexString(id)), new OptionalParameter[0]);
    } catch (PDUStringException e) {
      throw new ProcessRequestException("no id", e.getErrorCode());
    }
  }

  /// Brings a receipt until it is taken.
  private void deliver(SubmitSm submit, SMPPServerSession session, int id, String state) {
    String receipt =
        "id:%010d sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:%s err:000"
            .formatted(id, state);
    unanswered.acquireUninterruptibly();
    try {
      boolean taken = false;
      while (!taken && !later.isShutdown()) {
        taken = isTaken(submit, session, receipt);
      }
    } catch (PDUException | InvalidResponseException | IOException e) {
      bugs.add(e.toString());
    } finally {
      unanswered.release();
    }
  }

  private static boolean isTaken(SubmitSm submit, SMPPServerSession session, String receipt)
      throws PDUException, InvalidResponseException, IOException {
    try {
      session.deliverShortMessage(
          "",
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          submit.getDestAddress(),
          TypeOfNumber.UNKNOWN,
          NumberingPlanIndicator.UNKNOWN,
          submit.getSourceAddr(),
          new ESMClass(4),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(),
          new RawDataCoding((byte) 0),
          receipt.getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (NegativeResponseException | ResponseTimeoutException again) {
      return false;
    }
  }

  private static String text(byte[] octets, int start, byte dataCoding) {
    if (dataCoding == 8) {
      return new String(octets, start, octets.length - start, StandardCharsets.UTF_16BE);
    }
    StringBuilder text = new StringBuilder();
    for (int i = start; i < octets.length; i++) {
      int code = octets[i];
      if (code == ESCAPE) {
        i++;
        code = (ESCAPE << 8) | octets[i];
      }
      text.append(character(code));
    }
    return text.toString();
  }

  private static char character(int code) {
    for (char c = 0; c <= '€'; c++) {
      if (GsmAlphabet.code(c) == code) {
        return c;
      }
    }
    throw new AssertionError("no such code: " + code);
  }

  @Override
  public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession session)
      throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti submit, SMPPServerSession session)
      throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public void onAcceptReplaceSm(ReplaceSm replace, SMPPServerSession session)
      throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession session)
      throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm broadcast, SMPPServerSession session)
      throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession session)
      throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public QueryBroadcastSmResult onAcceptQueryBroadcastSm(
      QueryBroadcastSm query, SMPPServerSession session) throws ProcessRequestException {
    throw notSupported();
  }

  @Override
  public DataSmResult onAcceptDataSm(DataSm data, Session session) throws ProcessRequestException {
    throw notSupported();
  }

  private static ProcessRequestException notSupported() {
    return new ProcessRequestException("not supported", NOT_SUPPORTED);
  }
}
