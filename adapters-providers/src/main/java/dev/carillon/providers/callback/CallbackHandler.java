package dev.carillon.providers.callback;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/// Takes calls in, as many and as large as is allowed, and has them answered.
final class CallbackHandler extends Handler.Abstract {
  private static final Set<String> METHODS = Set.of("GET", "POST");

  /// Bodies held at a time, in whole ones of the largest size, and at least so many bytes.
  private static final int LARGEST_HELD = 32;

  private static final int LEAST_HELD = 16 << 20;

  private final CallbackDesk desk;
  private final CallbackConfig config;
  private final ArrivalWatch arrivals;
  private final CallRates rates;
  private final BodyReader bodies;
  private final Semaphore room;
  private volatile boolean draining;

  CallbackHandler(CallbackDesk desk, CallbackConfig config, ArrivalWatch arrivals) {
    this.desk = desk;
    this.config = config;
    this.arrivals = arrivals;
    CallbackConfig.Limits limits = config.limits();
    this.rates = new CallRates(limits.perSecond(), System::nanoTime);
    int held = (int) Math.min(Integer.MAX_VALUE, (long) LARGEST_HELD * limits.mostBytes());
    this.bodies = new BodyReader(limits.mostBytes(), Math.max(LEAST_HELD, held));
    this.room = new Semaphore(limits.requests());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    arrivals.arriving(connection);
    Request.addCompletionListener(request, _ -> arrivals.arriving(connection));
    try {
      write(answer(request), response, callback);
    } catch (IOException cutOff) {
      // nobody is there to be told
      callback.failed(cutOff);
    }
    return true;
  }

  /// Refuses all calls from now on.
  void drain() {
    draining = true;
  }

  /// Waits until nothing is worked on, so long at most.
  void awaitRest(long nanos) throws InterruptedException {
    int all = config.limits().requests();
    if (room.tryAcquire(all, nanos, TimeUnit.NANOSECONDS)) {
      room.release(all);
    }
  }

  private HttpAnswer answer(Request request) throws IOException {
    Optional<CallbackDesk.Place> place = desk.place(rawPath(request));
    String name = place.map(CallbackDesk.Place::name).orElse("");
    if (draining) {
      return HttpAnswer.BUSY;
    }
    if (!rates.admits(name, Request.getRemoteAddr(request))) {
      return HttpAnswer.TOO_MANY;
    }
    if (place.isEmpty()) {
      return HttpAnswer.NOT_THERE;
    }
    return METHODS.contains(request.getMethod())
        ? read(request, place.get())
        : HttpAnswer.NO_METHOD;
  }

  private HttpAnswer read(Request request, CallbackDesk.Place place) throws IOException {
    byte @Nullable [] body = null;
    try {
      body = bodies.read(Content.Source.asInputStream(request), request.getLength()).orElse(null);
      if (body == null) {
        return HttpAnswer.TOO_LARGE;
      }
      arrivals.arrived(request.getConnectionMetaData().getConnection());
      return answer(place, call(request, place, body));
    } catch (BodyReader.NoRoomException e) {
      return HttpAnswer.BUSY;
    } catch (IllegalArgumentException unreadableQuery) {
      return HttpAnswer.of(400);
    } finally {
      if (body != null) {
        bodies.release(body);
      }
    }
  }

  private HttpAnswer answer(CallbackDesk.Place place, CallbackRequest call) {
    try {
      if (!room.tryAcquire(config.limits().requestWait().toNanos(), TimeUnit.NANOSECONDS)) {
        return HttpAnswer.BUSY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpAnswer.BUSY;
    }
    try {
      return desk.answer(place, call);
    } finally {
      room.release();
    }
  }

  private CallbackRequest call(Request request, CallbackDesk.Place place, byte[] body) {
    return new CallbackRequest(
        request.getMethod(), url(request), place.path(), query(request), headers(request), body);
  }

  /// As callers wrote it: what they sign.
  private String url(Request request) {
    URI outside = config.place().publicUrl();
    if (outside == null) {
      return request.getHttpURI().asString();
    }
    String base = outside.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
        + request.getHttpURI().getPathQuery();
  }

  private static String rawPath(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  private static Map<String, List<String>> query(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request, StandardCharsets.UTF_8)) {
      query.put(field.getName(), List.copyOf(field.getValues()));
    }
    return query;
  }

  private static Map<String, List<String>> headers(Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(value == null ? "" : value);
    }
    return headers;
  }

  private void write(HttpAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    if (answer.retryAfter() > 0) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, answer.retryAfter());
    }
    if (!answer.contentType().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    }
    if (draining || answer.status() == HttpAnswer.TOO_LARGE.status()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, StandardCharsets.UTF_8.encode(answer.body()), callback);
  }
}
