package dev.carillon.bootstrap.fault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/// One connection through the proxy, read message by message (PostgreSQL manual, 54.7 Message
/// Formats): after the start, a type of one byte, a length of four that counts itself, a body.
final class ProxiedConnection {
  /// SSLRequest and GSSENCRequest (54.7): both are answered "no" here, so that all can be read.
  private static final int SSL_REQUEST = 80877103;

  private static final int GSS_REQUEST = 80877104;
  private static final int LENGTH = 4;
  private static final int MOST = 64 << 20;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server;
  private final CommitWatch commits = new CommitWatch();

  ProxiedConnection(FaultProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void start() {
    Thread.ofVirtual().name("fault-front").start(() -> pump(this::front));
    Thread.ofVirtual().name("fault-back").start(() -> pump(this::back));
  }

  /// Breaks both ends off.
  void reset() {
    reset(client);
    reset(server);
  }

  /// Closes a socket so that its peer gets an RST, and none of what was still to be read.
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException gone) {
      // It was broken off already.
    }
  }

  private void pump(Way way) {
    try {
      way.go();
    } catch (IOException ended) {
      // One of them is gone, and so the other has to know.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset();
      proxy.ended(this);
    }
  }

  private void front() throws IOException, InterruptedException {
    DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    DataOutputStream to = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
    byte[] start = start(from);
    proxy.passOne(true);
    commits.started(start);
    to.writeInt(start.length + LENGTH);
    to.write(start);
    to.flush();
    while (true) {
      int type = from.readUnsignedByte();
      byte[] body = body(from);
      proxy.passOne(type == 'Q' || type == 'S');
      commits.said(type, body);
      write(to, type, body);
      if (from.available() == 0) {
        to.flush();
      }
    }
  }

  private void back() throws IOException, InterruptedException {
    DataInputStream from = new DataInputStream(new BufferedInputStream(server.getInputStream()));
    DataOutputStream to = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
    boolean losing = false;
    while (true) {
      int type = from.readUnsignedByte();
      byte[] body = body(from);
      proxy.passOne(type == 'Z');
      losing |= commits.isCarriedOut(type, body) && proxy.loses(commits.application());
      if (losing && commits.isReady(type)) {
        return;
      }
      if (!losing) {
        commits.isReady(type);
        write(to, type, body);
        if (from.available() == 0) {
          to.flush();
        }
      }
    }
  }

  private byte[] start(DataInputStream from) throws IOException {
    byte[] start = body(from);
    while (start.length == LENGTH && isRequestForEncryption(start)) {
      client.getOutputStream().write('N');
      start = body(from);
    }
    return start;
  }

  private static boolean isRequestForEncryption(byte[] start) {
    int code = java.nio.ByteBuffer.wrap(start).getInt();
    return code == SSL_REQUEST || code == GSS_REQUEST;
  }

  private static byte[] body(DataInputStream from) throws IOException {
    int length = from.readInt() - LENGTH;
    if (length < 0 || length > MOST) {
      throw new IOException("not PostgreSQL's protocol");
    }
    return from.readNBytes(length);
  }

  private static void write(DataOutputStream to, int type, byte[] body) throws IOException {
    to.writeByte(type);
    to.writeInt(body.length + LENGTH);
    to.write(body);
  }

  @FunctionalInterface
  private interface Way {
    void go() throws IOException, InterruptedException;
  }
}
