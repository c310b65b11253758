package dev.carillon.providers.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A centre that takes any bind and then does what it likes: octets in, octets out.
final class RawCentre implements AutoCloseable {
  static final int BIND_TRANSCEIVER = 0x09;
  static final int SUBMIT_SM = 0x04;
  static final int ENQUIRE_LINK = 0x15;
  static final int RESPONSE = 0x80000000;
  static final int GENERIC_NACK = 0x80000000;
  static final int UNBIND = 0x06;

  private final ServerSocket socket;
  private final Manners manners;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  RawCentre(Manners manners) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), manners);
  }

  RawCentre(ServerSocket socket, Manners manners) {
    this.manners = manners;
    this.socket = socket;
    Thread.ofVirtual().start(this::accept);
  }

  SmppPeer peer() {
    return SmppPeer.at("localhost", socket.getLocalPort(), "carillon", "secret");
  }

  int port() {
    return socket.getLocalPort();
  }

  int connections() {
    return open.size();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket one : open) {
        one.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket one = socket.accept();
        open.add(one);
        Thread.ofVirtual().start(() -> serve(one));
      }
    } catch (IOException end) {
      // Closed.
    }
  }

  private void serve(Socket one) {
    try (one) {
      DataInputStream in = new DataInputStream(one.getInputStream());
      while (true) {
        Pdu pdu = Pdu.read(in);
        if (pdu.command() == BIND_TRANSCEIVER) {
          one.getOutputStream()
              .write(pdu.answer(0, "centre\0".getBytes(StandardCharsets.US_ASCII)));
          manners.bound(one.getOutputStream());
        } else if (pdu.command() == UNBIND) {
          one.getOutputStream().write(pdu.answer(0, new byte[0]));
        } else {
          manners.told(pdu, one.getOutputStream());
        }
      }
    } catch (IOException end) {
      // The other side went away.
    }
  }

  /// What it does.
  interface Manners {
    /// Somebody has bound.
    default void bound(OutputStream out) throws IOException {}

    /// A PDU came in.
    void told(Pdu pdu, OutputStream out) throws IOException;
  }

  /// A PDU.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pdu(int command, int status, int sequence, byte[] body) {
    static Pdu read(DataInputStream in) throws IOException {
      int length = in.readInt();
      Pdu pdu = new Pdu(in.readInt(), in.readInt(), in.readInt(), new byte[length - 16]);
      in.readFully(pdu.body);
      return pdu;
    }

    byte[] answer(int status, byte[] body) {
      return write(command | RESPONSE, status, sequence, body);
    }

    byte[] nack(int status) {
      return write(GENERIC_NACK, status, sequence, new byte[0]);
    }

    static byte[] write(int command, int status, int sequence, byte[] body) {
      return ByteBuffer.allocate(16 + body.length)
          .putInt(16 + body.length)
          .putInt(command)
          .putInt(status)
          .putInt(sequence)
          .put(body)
          .array();
    }
  }
}
