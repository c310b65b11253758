package dev.carillon.benchmarks.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes rows of one table by `COPY … (FORMAT binary)` (PostgreSQL manual, COPY, "Binary Format"),
/// in pieces, so that its memory stays bounded. It is not the house's own writer, so that the bare
/// program owes nothing to what it is compared with.
public final class CopyRows {
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int PIECE = 1 << 16;
  private static final int LARGEST_FIELD = 1 << 15;

  private final CopyIn copy;
  private final short columns;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE + LARGEST_FIELD);

  private CopyRows(CopyIn copy, int columns) {
    this.copy = copy;
    this.columns = (short) columns;
  }

  /// Begins a COPY into a table. Nothing else may use the connection before [#finish()].
  public static CopyRows into(Connection connection, String table, String... columns)
      throws SQLException {
    String sql =
        "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
    CopyRows rows =
        new CopyRows(
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql), columns.length);
    rows.buffer.put(HEADER);
    return rows;
  }

  /// Begins the next row; as many columns must follow as were named.
  public CopyRows row() throws SQLException {
    if (buffer.position() >= PIECE / 2) {
      send();
    }
    buffer.putShort(columns);
    return this;
  }

  public CopyRows int8(long value) {
    buffer.putInt(Long.BYTES).putLong(value);
    return this;
  }

  public CopyRows int4(int value) {
    buffer.putInt(Integer.BYTES).putInt(value);
    return this;
  }

  public CopyRows int2(int value) {
    buffer.putInt(Short.BYTES).putShort((short) value);
    return this;
  }

  public CopyRows bool(boolean value) {
    buffer.putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /// At most 32 KiB.
  public CopyRows bytes(byte[] value) {
    buffer.putInt(value.length).put(value);
    return this;
  }

  /// Its UTF-8 form has at most 32 KiB.
  public CopyRows text(@Nullable String value) {
    return value == null ? nothing() : bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public CopyRows nothing() {
    buffer.putInt(-1);
    return this;
  }

  /// Ends the COPY; the rows stand as soon as the transaction commits.
  public void finish() throws SQLException {
    buffer.putShort((short) -1);
    send();
    copy.endCopy();
  }

  private void send() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
