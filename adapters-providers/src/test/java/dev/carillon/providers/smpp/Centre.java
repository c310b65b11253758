package dev.carillon.providers.smpp;

import dev.carillon.providers.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.MessageState;
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
import org.jsmpp.session.BindRequest;
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
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/// An SMS centre: the server side of the library, with a script of what it does with each
/// submit_sm.
final class Centre implements ServerMessageReceiverListener, AutoCloseable {
  /// What it answers.
  sealed interface Reply {
    /// Taken under an id.
    record Take(String id) implements Reply {}

    /// Refused.
    record Refuse(int status) implements Reply {}

    /// Answered only when the latch lets it.
    record Hold(CountDownLatch until, Reply then) implements Reply {}

    /// The connection is cut instead of an answer.
    record Cut() implements Reply {}
  }

  private static final int HANDS = 128;

  private final AtomicInteger next = new AtomicInteger();
  private final Witness<SubmitSm> taken = new Witness<>();
  private final Witness<BindType> binds = new Witness<>();
  private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
  private final Map<String, SMPPServerSession> byName = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SMPPServerSessionListener listener;
  private final int port;
  private volatile Function<SubmitSm, Reply> script;
  private volatile IntUnaryOperator bindStatus = number -> 0;
  private volatile Function<String, @Nullable MessageState> states = id -> null;

  Centre() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  Centre(int port) throws IOException {
    this(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
  }

  Centre(ServerSocket socket) throws IOException {
    port = socket.getLocalPort();
    script = submit -> new Reply.Take(nextId());
    listener =
        new SMPPServerSessionListener(
            port,
            new ServerConnectionFactory() {
              @Override
              public ServerSocketConnection listen(int any) {
                return new ServerSocketConnection(socket);
              }

              @Override
              public ServerSocketConnection listen(int any, int timeout) {
                return listen(any);
              }

              @Override
              public ServerSocketConnection listen(int any, int timeout, int backlog) {
                return listen(any);
              }
            });
    listener.setPduProcessorDegree(HANDS);
    listener.setQueueCapacity(100_000);
    listener.setMessageReceiverListener(this);
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return port;
  }

  SmppPeer peer() {
    return SmppPeer.at("localhost", port, "carillon", "secret");
  }

  String nextId() {
    return "%08x".formatted(next.incrementAndGet());
  }

  /// From now on each submit_sm is answered so.
  Centre answering(Function<SubmitSm, Reply> newScript) {
    script = newScript;
    return this;
  }

  /// From now on the bind of that number, from 1, is answered with this status.
  Centre bindingWith(IntUnaryOperator status) {
    bindStatus = status;
    return this;
  }

  /// What query_sm tells of an id; null for an id that it does not know.
  Centre knowing(Function<String, @Nullable MessageState> newStates) {
    states = newStates;
    return this;
  }

  List<SubmitSm> submits() {
    return taken.seen();
  }

  List<SubmitSm> awaitSubmits(int count) {
    return taken.await(all -> all.size() >= count);
  }

  List<BindType> awaitBinds(int count) {
    return binds.await(all -> all.size() >= count);
  }

  List<BindType> binds() {
    return binds.seen();
  }

  List<SMPPServerSession> sessions() {
    return sessions.stream().filter(session -> session.getSessionState().isBound()).toList();
  }

  /// The session of who calls itself so; null when there is none.
  @Nullable SMPPServerSession named(String systemId) {
    return byName.get(systemId);
  }

  /// Breaks all connections off.
  void cut() {
    sessions.forEach(SMPPServerSession::close);
  }

  /// Brings a receipt and waits for the answer to it; 0 when it was taken.
  int deliver(String text, OptionalParameter... tlvs) {
    return deliver(text, (byte) 0x04, "263770000000", tlvs);
  }

  int deliver(String text, byte esmClass, String from, OptionalParameter... tlvs) {
    SMPPServerSession session =
        sessions().stream()
            .filter(open -> open.getSessionState().isReceivable())
            .findFirst()
            .orElseThrow();
    session.setTransactionTimer(20_000);
    try {
      session.deliverShortMessage(
          "",
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          from,
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          "263719999999",
          new ESMClass(esmClass),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(),
          new RawDataCoding((byte) 0),
          text.getBytes(StandardCharsets.ISO_8859_1),
          tlvs);
      return 0;
    } catch (NegativeResponseException refused) {
      return refused.getCommandStatus();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    try {
      while (closed.getCount() > 0) {
        SMPPServerSession session = listener.accept();
        sessions.add(session);
        Thread.ofVirtual().start(() -> bind(session));
      }
    } catch (IOException end) {
      // Closed.
    }
  }

  private void bind(SMPPServerSession session) {
    try {
      BindRequest request = session.waitForBind(10_000);
      binds.see(request.getBindType());
      int status = bindStatus.applyAsInt(binds.seen().size());
      if (status == 0) {
        request.accept("centre", InterfaceVersion.IF_34);
        byName.put(request.getSystemId(), session);
      } else {
        request.reject(status);
      }
    } catch (IOException | TimeoutException | IllegalStateException | PDUStringException e) {
      session.close();
    }
  }

  @Override
  public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession session)
      throws ProcessRequestException {
    taken.see(submit);
    return answer(script.apply(submit), session);
  }

  private SubmitSmResult answer(Reply reply, SMPPServerSession session)
      throws ProcessRequestException {
    return switch (reply) {
      case Reply.Take(String id) -> new SubmitSmResult(messageId(id), new OptionalParameter[0]);
      case Reply.Refuse(int status) -> throw new ProcessRequestException("no", status);
      case Reply.Cut _ -> {
        session.close();
        throw new ProcessRequestException("cut", 8);
      }
      case Reply.Hold(CountDownLatch until, Reply then) -> {
        try {
          until.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        yield answer(then, session);
      }
    };
  }

  private static MessageId messageId(String id) {
    try {
      return new MessageId(id);
    } catch (PDUStringException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession session)
      throws ProcessRequestException {
    MessageState state = states.apply(query.getMessageId());
    if (state == null) {
      throw new ProcessRequestException("unknown", 0x67);
    }
    return new QuerySmResult("", state, (byte) 0);
  }

  @Override
  public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti submit, SMPPServerSession session)
      throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }

  @Override
  public void onAcceptReplaceSm(ReplaceSm replace, SMPPServerSession session)
      throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }

  @Override
  public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession session)
      throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }

  @Override
  public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm broadcast, SMPPServerSession session)
      throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }

  @Override
  public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession session)
      throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }

  @Override
  public QueryBroadcastSmResult onAcceptQueryBroadcastSm(
      QueryBroadcastSm query, SMPPServerSession session) throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }

  @Override
  public DataSmResult onAcceptDataSm(DataSm data, Session session) throws ProcessRequestException {
    throw new ProcessRequestException("no", 3);
  }
}
