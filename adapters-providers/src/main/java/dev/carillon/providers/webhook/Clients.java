package dev.carillon.providers.webhook;

import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Sets the Apache client up as one that goes where it is sent and nowhere else: no redirects, no
/// proxies, no cookies, no tries of its own, every connection through a [GuardedSocket].
final class Clients {
  /// Shorter than servers commonly keep an idle connection.
  private static final Timeout MOST_IDLE = Timeout.ofSeconds(20);

  private static final TimeValue LOOKED_AT = TimeValue.ofMilliseconds(500);

  /// After this a name is looked up again.
  private static final TimeValue MOST_AGE = TimeValue.ofMinutes(1);

  private static final int LONGEST_LINE = 8 * 1_024;
  private static final int MOST_HEADERS = 100;

  private Clients() {}

  /// @param trust whom to trust
  static CloseableHttpClient create(
      WebhookConfig config, AddressGuard guard, DnsResolver lookups, SSLContext trust) {
    return HttpClientBuilder.create()
        .setConnectionManager(
            new Guarded(guard)
                .setMaxConnTotal(config.connections())
                .setMaxConnPerRoute(config.connections())
                .setDnsResolver(lookups)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setDefaultTlsConfig(
                    TlsConfig.custom().setHandshakeTimeout(Timeout.of(config.connect())).build())
                .setDefaultConnectionConfig(connections(config))
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                            Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .build())
        .setDefaultRequestConfig(requests(config))
        .setUserAgent("Carillon-Webhooks")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }

  private static ConnectionConfig connections(WebhookConfig config) {
    return ConnectionConfig.custom()
        .setConnectTimeout(Timeout.of(config.connect()))
        .setSocketTimeout(Timeout.of(config.whole()))
        .setIdleTimeout(MOST_IDLE)
        .setValidateAfterInactivity(LOOKED_AT)
        .setTimeToLive(MOST_AGE)
        .build();
  }

  private static RequestConfig requests(WebhookConfig config) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(config.connect()))
        .setResponseTimeout(Timeout.of(config.whole()))
        .setConnectionKeepAlive(MOST_IDLE)
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .setExpectContinueEnabled(false)
        .build();
  }

  /// Makes connections of guarded sockets.
  private static final class Guarded extends PoolingHttpClientConnectionManagerBuilder {
    private final AddressGuard guard;

    Guarded(AddressGuard guard) {
      this.guard = guard;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver lookups, TlsSocketStrategy tls) {
      return new DefaultHttpClientConnectionOperator(
          _ -> new GuardedSocket(guard),
          ports,
          lookups,
          RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
    }
  }
}
