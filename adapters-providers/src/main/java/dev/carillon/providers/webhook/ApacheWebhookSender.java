package dev.carillon.providers.webhook;

import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import dev.carillon.domain.webhook.DeliveryAnswer.Unanswered;
import dev.carillon.domain.webhook.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/// Sends events over Apache HttpClient. Every attempt ends within [WebhookConfig#whole], however
/// slowly the receiver writes, and reads a bounded part of what it writes.
public final class ApacheWebhookSender implements WebhookSender, AutoCloseable {
  private static final byte[] NOTHING = {};

  private final WebhookConfig config;
  private final AddressGuard guard;
  private final SecretBox secrets;
  private final InstantSource clock;
  private final Lookups lookups;
  private final CloseableHttpClient client;
  private volatile boolean closed;

  /// Trusts whom the Java installation trusts.
  ///
  /// @param secrets opens what signatures are made with
  public ApacheWebhookSender(WebhookConfig config, SecretBox secrets, InstantSource clock) {
    this(config, secrets, clock, SSLContexts.createSystemDefault());
  }

  ApacheWebhookSender(
      WebhookConfig config, SecretBox secrets, InstantSource clock, SSLContext trust) {
    this(config, secrets, clock, trust, new Lookups(config.connect()));
  }

  /// @param trust whom to trust
  /// @param lookups of host names
  ApacheWebhookSender(
      WebhookConfig config,
      SecretBox secrets,
      InstantSource clock,
      SSLContext trust,
      Lookups lookups) {
    this.config = config;
    this.guard = new AddressGuard(config.allowed());
    this.secrets = secrets;
    this.clock = clock;
    this.lookups = lookups;
    this.client = Clients.create(config, guard, lookups, trust);
  }

  @Override
  public Optional<String> refusal(String url) {
    return WebhookUrl.problem(url, config.plain())
        .or(() ->
            Network.literal(bare(URI.create(url).getHost()))
                .filter(address -> !guard.allows(address))
                .map(_ -> "names an address that nothing is sent to"));
  }

  @Override
  public Optional<DeliveryAnswer> send(Request request) {
    long start = System.nanoTime();
    if (refusal(request.url()).isPresent()) {
      return Optional.of(new Unanswered(Cause.ADDRESS_REFUSED, since(start)));
    }
    Optional<HttpPost> post = post(request);
    return post.isEmpty()
        ? Optional.of(new Unanswered(Cause.SECRET_UNREADABLE, since(start)))
        : exchanged(post.get(), request.business(), start);
  }

  @Override
  public void close() {
    closed = true;
    client.close(CloseMode.IMMEDIATE);
    lookups.close();
  }

  /// On a thread of its own, since some of what an attempt waits for cannot be broken off.
  private Optional<DeliveryAnswer> exchanged(HttpPost post, BusinessId business, long start) {
    FutureTask<Optional<DeliveryAnswer>> attempt =
        new FutureTask<>(() -> lookups.on(business, () -> attempt(post, start)));
    Thread.ofVirtual().name("webhook").start(attempt);
    try {
      return attempt.get(config.whole().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      post.cancel();
      return unlessClosed(Cause.TIMED_OUT, start);
    } catch (InterruptedException stopped) {
      post.cancel();
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("an attempt threw", failed.getCause());
    }
  }

  private Optional<DeliveryAnswer> attempt(HttpPost post, long start) {
    try {
      return Optional.of(
          answered(
              post, client.executeOpen(RoutingSupport.determineHost(post), post, null), start));
    } catch (LookupRefusedException | ConnectionRequestTimeoutException notTried) {
      return Optional.empty();
    } catch (IOException failed) {
      return unlessClosed(Causes.of(failed), start);
    } catch (HttpException | RuntimeException notHttp) {
      // The parser throws all kinds of things at what is no HTTP, a status of -1 for instance.
      post.cancel();
      return unlessClosed(Cause.NOT_HTTP, start);
    }
  }

  /// What goes wrong from then on is nothing that the receiver did.
  private Optional<DeliveryAnswer> unlessClosed(Cause cause, long start) {
    return closed ? Optional.empty() : Optional.of(new Unanswered(cause, since(start)));
  }

  private DeliveryAnswer answered(HttpPost post, ClassicHttpResponse response, long start)
      throws IOException {
    byte[] body = body(response.getEntity());
    if (body.length > config.mostBodyBytes()) {
      // closing would read the rest of it, however long
      post.cancel();
    } else {
      response.close();
    }
    Header retryAfter = response.getFirstHeader("Retry-After");
    return new Answered(
        response.getCode(),
        RetryAfter.read(retryAfter == null ? null : retryAfter.getValue(), clock.instant()),
        Excerpt.of(body),
        since(start));
  }

  private byte[] body(@Nullable HttpEntity entity) throws IOException {
    return entity == null || entity.getContent() == null
        ? NOTHING
        : entity.getContent().readNBytes(config.mostBodyBytes() + 1);
  }

  private Optional<HttpPost> post(Request request) {
    List<byte[]> opened = new ArrayList<>();
    request.secrets().forEach(secret -> secrets.open(secret).ifPresent(opened::add));
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    HttpPost post = new HttpPost(URI.create(request.url()));
    String id = request.event().toString();
    post.setHeader("webhook-id", id);
    post.setHeader("webhook-timestamp", Long.toString(request.at().getEpochSecond()));
    post.setHeader("webhook-signature", Signature.of(opened, id, request.at(), request.body()));
    post.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
    return Optional.of(post);
  }

  /// The host without the brackets of an IPv6 address.
  private static String bare(String host) {
    String small = host.toLowerCase(Locale.ROOT);
    return small.startsWith("[") ? small.substring(1, small.length() - 1) : small;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
