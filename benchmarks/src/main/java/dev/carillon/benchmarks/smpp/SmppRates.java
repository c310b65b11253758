package dev.carillon.benchmarks.smpp;

import dev.carillon.application.port.BindSlots;
import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.smpp.SmppCarrier;
import dev.carillon.providers.smpp.SmppConfig;
import dev.carillon.providers.smpp.SmppPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

/// How many messages go to a local centre in a second over one session with a window: by the
/// carrier, and by the bare library with as many threads as the window has places, which is what
/// its documentation advises.
public final class SmppRates {
  private static final String TEXT = "Your order 12345 has been sent. Thank you for your custom.";
  private static final String SENDER = "Carillon";
  private static final int GROUP = 500;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final LocalCentre centre;
  private final int messages;
  private final int window;

  public SmppRates(LocalCentre centre, int messages, int window) {
    this.centre = centre;
    this.messages = messages;
    this.window = window;
  }

  /// Messages a second by the carrier.
  public double carrier() throws InterruptedException {
    SmppConfig config =
        SmppConfig.to(SmppPeer.at("localhost", centre.port(), "bench", "secret"))
            .withLimits(new SmppConfig.Limits(window, 0, 2 * GROUP, GROUP));
    SmppCarrier carrier =
        new SmppCarrier(
            new CarrierId("bench"),
            config,
            notices -> {},
            new NoSlots(),
            InstantSource.system(),
            new Random(1));
    carrier.start();
    try {
      send(carrier, new Counted(1));
      Counted counted = new Counted(messages);
      long began = System.nanoTime();
      send(carrier, counted);
      return perSecond(began, counted.taken());
    } finally {
      carrier.close();
    }
  }

  private static void send(SmppCarrier carrier, Counted counted) throws InterruptedException {
    List<OutboundMessage> group = new ArrayList<>(GROUP);
    for (int position = 0; position < counted.of; position++) {
      group.add(message(position));
      if (group.size() == GROUP || position == counted.of - 1) {
        carrier.submit(group, counted);
        group.clear();
      }
    }
    counted.await();
  }

  private static OutboundMessage message(int position) {
    return new OutboundMessage(
        new MessageRef(new JobId(1), position / GROUP, position),
        1,
        false,
        number(position),
        new SmsContent(TEXT, SENDER),
        Instant.MAX);
  }

  private static String number(int position) {
    return "+26377%07d".formatted(position);
  }

  /// Messages a second by the bare library.
  public double bare() throws IOException, InterruptedException {
    SMPPSession session = new SMPPSession();
    session.setTransactionTimer(LONGEST.toMillis());
    session.setQueueCapacity(10_000);
    session.connectAndBind(
        "localhost",
        centre.port(),
        new BindParameter(
            BindType.BIND_TRX,
            "bench",
            "secret",
            "",
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.UNKNOWN,
            ""));
    try {
      AtomicInteger next = new AtomicInteger();
      AtomicInteger taken = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      long began = System.nanoTime();
      for (int i = 0; i < window; i++) {
        threads.add(Thread.ofPlatform().start(() -> submit(session, next, taken)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return perSecond(began, taken.get());
    } finally {
      session.unbindAndClose();
    }
  }

  private void submit(SMPPSession session, AtomicInteger next, AtomicInteger taken) {
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    try {
      for (int position = next.getAndIncrement();
          position < messages;
          position = next.getAndIncrement()) {
        session.submitShortMessage(
            "",
            TypeOfNumber.ALPHANUMERIC,
            NumberingPlanIndicator.UNKNOWN,
            SENDER,
            TypeOfNumber.INTERNATIONAL,
            NumberingPlanIndicator.ISDN,
            number(position).substring(1),
            new ESMClass(),
            (byte) 0,
            (byte) 0,
            null,
            "000002000000000R",
            new RegisteredDelivery(1),
            (byte) 0,
            new RawDataCoding((byte) 0),
            (byte) 0,
            text);
        taken.incrementAndGet();
      }
    } catch (PDUException
        | ResponseTimeoutException
        | InvalidResponseException
        | NegativeResponseException
        | IOException e) {
      throw new IllegalStateException("the local centre takes everything", e);
    }
  }

  private double perSecond(long began, int taken) {
    if (taken != messages) {
      throw new IllegalStateException("%d of %d were taken".formatted(taken, messages));
    }
    return messages * 1e9 / (System.nanoTime() - began);
  }

  /// Counts what is taken.
  private static final class Counted implements HandOver {
    private final int of;
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch open;

    private Counted(int of) {
      this.of = of;
      this.open = new CountDownLatch(of);
    }

    @Override
    public boolean mayGo() {
      return true;
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      if (outcome instanceof DispatchOutcome.Accepted) {
        taken.incrementAndGet();
      }
      open.countDown();
    }

    private int taken() {
      return taken.get();
    }

    private void await() throws InterruptedException {
      if (!open.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(open.getCount() + " messages were never answered");
      }
    }
  }

  /// Nobody counts the binds.
  private static final class NoSlots implements BindSlots {
    @Override
    public Optional<Integer> take(CarrierId carrier, String owner, int slots, Duration time) {
      return Optional.empty();
    }

    @Override
    public boolean prolong(CarrierId carrier, int slot, String owner, Duration time) {
      return false;
    }

    @Override
    public void release(CarrierId carrier, int slot, String owner) {
      // None is ever taken.
    }
  }
}
