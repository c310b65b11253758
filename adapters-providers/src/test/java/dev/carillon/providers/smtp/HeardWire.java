package dev.carillon.providers.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between a client and a server of this machine, and hears what the client says.
final class HeardWire implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private HeardWire(ServerSocket listening, int server) {
    this.listening = listening;
    this.server = server;
  }

  static HeardWire to(int server) throws IOException {
    HeardWire wire =
        new HeardWire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    Thread.ofVirtual().start(wire::accept);
    return wire;
  }

  int port() {
    return listening.getLocalPort();
  }

  /// What clients have said so far.
  String said() {
    return said.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket beyond = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(client);
        sockets.add(beyond);
        Thread.ofVirtual().start(() -> pass(client, beyond, true));
        Thread.ofVirtual().start(() -> pass(beyond, client, false));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void pass(Socket from, Socket to, boolean heard) {
    byte[] octets = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
        if (heard) {
          said.write(octets, 0, read);
        }
        out.write(octets, 0, read);
        out.flush();
      }
    } catch (IOException closed) {
      // either side has gone
    }
  }
}
