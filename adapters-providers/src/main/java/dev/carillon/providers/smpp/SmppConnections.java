package dev.carillon.providers.smpp;

import dev.carillon.providers.NameLookups;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/// Connects within a bounded time, over TLS where that is wanted; then the certificate is checked,
/// and that it is the host's.
final class SmppConnections implements ConnectionFactory {
  private final SmppPeer peer;
  private final Duration timeout;

  SmppConnections(SmppPeer peer, Duration timeout) {
    this.peer = peer;
    this.timeout = timeout;
  }

  @Override
  public Connection createConnection(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      InetAddress address = NameLookups.SYSTEM.first(host, timeout);
      socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
      return new PlainlyBuffered(peer.tls() ? secured(socket, host, port) : socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket secured =
        (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    // RFC 2818, 3.1: the name in the certificate must be the one that was asked for.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.setSoTimeout((int) timeout.toMillis());
    secured.startHandshake();
    // Without it closing would wait for a write that never ends.
    secured.setSoLinger(true, 1);
    return secured;
  }

  private SSLContext context() throws IOException {
    try {
      if (peer.trust().isEmpty()) {
        return SSLContext.getDefault();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted(Path.of(peer.trust())), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up", e);
    }
  }

  private static TrustManager[] trusted(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /// The library's own buffer asks for more when it has something already, and loses that when
  /// nothing comes in time.
  private static final class PlainlyBuffered extends SocketConnection {
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;

    private PlainlyBuffered(Socket socket) throws IOException {
      super(socket);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }
  }
}
