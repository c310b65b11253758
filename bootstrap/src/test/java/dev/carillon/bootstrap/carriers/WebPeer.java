package dev.carillon.bootstrap.carriers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.carillon.bootstrap.carriers.ReceiptSender.Call;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A carrier that is reached over HTTP: WireMock, with the fate of each number. It keeps what it
/// has taken, and calls the house.
abstract class WebPeer implements ResponseDefinitionTransformerV2, AutoCloseable {
  private final WireMockServer server =
      new WireMockServer(
          wireMockConfig()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .containerThreads(64)
              .disableRequestJournal()
              .extensions(this));

  private final ReceiptSender sender = new ReceiptSender();
  private final Map<String, ConcurrentLinkedQueue<String>> taken = new ConcurrentHashMap<>();
  private final AtomicInteger seen = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> bugs = new ConcurrentLinkedQueue<>();

  /// The message of a request.
  abstract Sent read(Request request);

  /// That it was taken, under an id.
  abstract ResponseDefinitionBuilder taken(Sent sent, String id);

  /// That it was refused.
  abstract ResponseDefinitionBuilder refused(Fate fate);

  /// What is told later.
  abstract List<Call> calls(Sent sent, String id, Fate fate);

  /// A new id.
  abstract String id(int number);

  void open() {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
    server.start();
  }

  URI uri() {
    return URI.create(server.baseUrl());
  }

  /// What each number was sent, as far as it was taken.
  Map<String, ConcurrentLinkedQueue<String>> taken() {
    return taken;
  }

  /// What went wrong here: calls that were never taken, requests that could not be read.
  List<String> bugs() {
    if (sender.failed() > 0) {
      bugs.add(sender.failed() + " calls were never answered with 2xx");
    }
    return List.copyOf(bugs);
  }

  @Override
  public String getName() {
    return "fates";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    try {
      Sent sent = read(event.getRequest());
      return answer(sent, Fate.of(sent.number())).build();
    } catch (RuntimeException e) {
      bugs.add(e.toString());
      return aResponse().withStatus(418).build();
    }
  }

  @Override
  public void close() {
    server.stop();
    sender.close();
  }

  private ResponseDefinitionBuilder answer(Sent sent, Fate fate) {
    if (!fate.isTaken()) {
      return refused(fate);
    }
    taken.computeIfAbsent(sent.number(), _ -> new ConcurrentLinkedQueue<>()).add(sent.words());
    String id = id(seen.incrementAndGet());
    List<Call> calls = calls(sent, id, fate);
    if (fate == Fate.EARLY) {
      sender.now(calls);
    } else {
      sender.later(calls);
    }
    return switch (fate) {
      case LOST -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
      case BROKEN -> aResponse().withStatus(503).withBody("broken");
      default -> taken(sent, id);
    };
  }

  /// A message as it came in.
  ///
  /// @param number in E.164 form
  /// @param words what it says
  /// @param reference where or under what its receipts go
  record Sent(String number, String words, String reference) {}
}
