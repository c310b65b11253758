package dev.carillon.providers.webhook;

import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/// Tells the exceptions of the HTTP client apart. A name that leads inside looks like one that
/// there is not: who registers endpoints learns no names of the network inside.
final class Causes {
  private Causes() {}

  static Cause of(IOException failure) {
    return wraps(failure, RefusedAddressException.class) ? Cause.UNKNOWN_HOST : plain(failure);
  }

  private static Cause plain(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> Cause.UNKNOWN_HOST;
      case ConnectTimeoutException _, ConnectException _, NoRouteToHostException _ ->
          Cause.NO_CONNECTION;
      case SSLException _ -> Cause.TLS_FAILED;
      case SocketTimeoutException _ -> Cause.TIMED_OUT;
      case ClientProtocolException _ -> Cause.NOT_HTTP;
      default -> Cause.BROKEN_OFF;
    };
  }

  private static boolean wraps(Throwable failure, Class<? extends Throwable> wanted) {
    for (@Nullable Throwable one = failure; one != null; one = one.getCause()) {
      if (wanted.isInstance(one)) {
        return true;
      }
    }
    return false;
  }
}
