package dev.carillon.providers.callback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Reads bodies whole, each up to a length, and all that are held together up to another.
final class BodyReader {
  private static final int PIECE = 8 * 1024;

  private final int most;
  private final Semaphore room;

  /// @param most bytes of one body
  /// @param mostTogether bytes of all bodies that are held
  BodyReader(int most, int mostTogether) {
    this.most = most;
    this.room = new Semaphore(mostTogether);
  }

  /// A body; empty when it is too long, which is then not read to its end. Throws a NoRoomException
  /// when too much is held already. What was read is held until [#release].
  Optional<byte[]> read(InputStream in, long announced) throws IOException {
    if (announced > most) {
      return Optional.empty();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    boolean whole = false;
    try {
      int read = in.read(piece);
      while (read >= 0 && body.size() + read <= most) {
        hold(read);
        body.write(piece, 0, read);
        read = in.read(piece);
      }
      whole = read < 0;
      return whole ? Optional.of(body.toByteArray()) : Optional.empty();
    } finally {
      if (!whole) {
        room.release(body.size());
      }
    }
  }

  /// A body is held no longer.
  void release(byte[] body) {
    room.release(body.length);
  }

  private void hold(int bytes) throws NoRoomException {
    if (!room.tryAcquire(bytes)) {
      throw new NoRoomException();
    }
  }

  /// There is no room for more at the moment.
  static final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException() {
      super("no room");
    }
  }
}
