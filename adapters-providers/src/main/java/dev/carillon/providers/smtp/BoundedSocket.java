package dev.carillon.providers.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// A connection whose other side may say only so much in answer to one command, since the library
/// keeps a whole reply in memory.
final class BoundedSocket extends Socket {
  /// Far above any reply (RFC 5321, 4.5.3.1.5: 512 octets a line), and above a TLS handshake with
  /// its certificates.
  static final int MOST = 256 * 1024;

  private volatile int left = MOST;

  /// The next command is sent: its reply may be as long as any.
  void allowReply() {
    left = MOST;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Counted(super.getInputStream());
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    // Only the thread that speaks with the relay reads.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(int octets) throws IOException {
      left -= octets;
      if (left < 0) {
        throw new IOException("the reply does not end");
      }
    }
  }
}
