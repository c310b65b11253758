package dev.carillon.providers.http;

import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Sets the Apache client up as one that does what it is told and nothing besides.
final class ApacheClients {
  /// Shorter than what servers commonly keep an idle connection for, so that few requests go out
  /// over one that the other side is just closing: what is lost that way is in doubt.
  private static final TimeValue MOST_IDLE = TimeValue.ofSeconds(20);

  /// From this on a connection is looked at before it is used again.
  private static final TimeValue LOOKED_AT = TimeValue.ofMilliseconds(500);

  /// After this a name is looked up again.
  private static final TimeValue MOST_AGE = TimeValue.ofMinutes(5);

  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_HEADERS = 200;

  private ApacheClients() {}

  static CloseableHttpClient create(HttpLimits limits, SSLContext trust) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections(limits, trust))
        .setRequestExecutor(new WatchedExecutor())
        .setDefaultRequestConfig(requests(limits))
        .setUserAgent("Carillon")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      HttpLimits limits, SSLContext trust) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
        .setMaxConnTotal(limits.connections())
        .setMaxConnPerRoute(limits.connections())
        .setDnsResolver(new BoundedDns(limits.connect()))
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
        .setDefaultTlsConfig(
            TlsConfig.custom().setHandshakeTimeout(Timeout.of(limits.connect())).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(limits.connect()))
                .setSocketTimeout(Timeout.of(limits.answer()))
                .setIdleTimeout(Timeout.of(MOST_IDLE.toDuration()))
                .setValidateAfterInactivity(LOOKED_AT)
                .setTimeToLive(MOST_AGE)
                .build())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build())
        .build();
  }

  private static RequestConfig requests(HttpLimits limits) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(limits.connect()))
        .setResponseTimeout(Timeout.of(limits.answer()))
        .setConnectionKeepAlive(MOST_IDLE)
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .setExpectContinueEnabled(false)
        .build();
  }
}
