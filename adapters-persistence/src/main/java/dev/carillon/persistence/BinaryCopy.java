package dev.carillon.persistence;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes rows by `COPY … FROM STDIN (FORMAT binary)`, which jOOQ has no way for: the fastest way
/// in (PostgreSQL manual, COPY, "Binary Format"). Rows go to the server in pieces, so that memory
/// stays bounded however many there are.
final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int PIECE = 1 << 16;
  private static final int NULL = -1;

  /// The type text (pg_type.dat of PostgreSQL).
  private static final int TEXT_OID = 25;

  private static final byte JSONB_VERSION = 1;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  /// What a timestamp can hold (PostgreSQL manual, 8.5 Date/Time Types): 4713 BC to 294276 AD.
  private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+294276-12-31T23:59:59.999999Z");

  private final CopyIn copy;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE + (PIECE >> 2));
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final int columns;

  private BinaryCopy(CopyIn copy, int columns) {
    this.copy = copy;
    this.columns = columns;
  }

  /// Copies into a table what `rows` writes.
  static void into(DSLContext sql, String table, String[] columns, Rows rows) {
    String statement =
        "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
    sql.connection(connection -> copy(connection, statement, columns.length, rows));
  }

  private static void copy(Connection connection, String statement, int columns, Rows rows)
      throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    try {
      BinaryCopy to = new BinaryCopy(copy, columns);
      to.begin();
      rows.writeTo(to);
      to.end();
      copy.endCopy();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /// Begins the next row; as many columns must follow as were named.
  BinaryCopy row() throws IOException {
    if (bytes.size() >= PIECE) {
      send();
    }
    out.writeShort(columns);
    return this;
  }

  BinaryCopy int8(long value) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(value);
    return this;
  }

  BinaryCopy int8OrNull(@Nullable Long value) throws IOException {
    return value == null ? nothing() : int8(value);
  }

  BinaryCopy int4(int value) throws IOException {
    out.writeInt(Integer.BYTES);
    out.writeInt(value);
    return this;
  }

  BinaryCopy int2(int value) throws IOException {
    out.writeInt(Short.BYTES);
    out.writeShort(value);
    return this;
  }

  BinaryCopy int2OrNull(@Nullable Integer value) throws IOException {
    return value == null ? nothing() : int2(value);
  }

  /// True, or null in place of false.
  BinaryCopy trueOrNull(boolean value) throws IOException {
    return value ? bool(true) : nothing();
  }

  BinaryCopy bool(boolean value) throws IOException {
    out.writeInt(1);
    out.writeByte(value ? 1 : 0);
    return this;
  }

  BinaryCopy text(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
    return this;
  }

  BinaryCopy textOrNull(@Nullable String value) throws IOException {
    return value == null ? nothing() : text(value);
  }

  /// The text, or null in place of an empty one.
  BinaryCopy textUnlessEmpty(String value) throws IOException {
    return value.isEmpty() ? nothing() : text(value);
  }

  BinaryCopy jsonbOrNull(@Nullable String json) throws IOException {
    if (json == null) {
      return nothing();
    }
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length + 1);
    out.writeByte(JSONB_VERSION);
    out.write(utf8);
    return this;
  }

  BinaryCopy uuid(UUID value) throws IOException {
    out.writeInt(2 * Long.BYTES);
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
    return this;
  }

  /// A text[] of one dimension, whose first place is 1 (array_recv in arrayfuncs.c of PostgreSQL).
  BinaryCopy texts(List<String> values) throws IOException {
    List<byte[]> utf8 =
        values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
    boolean empty = values.isEmpty();
    int elements = utf8.stream().mapToInt(bytes -> Integer.BYTES + bytes.length).sum();
    out.writeInt((empty ? 3 : 5) * Integer.BYTES + elements);
    out.writeInt(empty ? 0 : 1);
    out.writeInt(0);
    out.writeInt(TEXT_OID);
    if (!empty) {
      out.writeInt(values.size());
      out.writeInt(1);
    }
    for (byte[] bytes : utf8) {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return this;
  }

  BinaryCopy bytea(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
    return this;
  }

  BinaryCopy byteaOrNull(byte @Nullable [] value) throws IOException {
    return value == null ? nothing() : bytea(value);
  }

  /// The bytes, or null in place of none.
  BinaryCopy byteaUnlessEmpty(byte[] value) throws IOException {
    return value.length == 0 ? nothing() : bytea(value);
  }

  BinaryCopy timestamp(Instant value) throws IOException {
    Duration since = Duration.between(EPOCH, held(value));
    return int8(Math.addExact(since.getSeconds() * 1_000_000, since.getNano() / 1_000));
  }

  /// The time, or the nearest that PostgreSQL can hold: clocks of others may say anything.
  static Instant held(Instant value) {
    return value.isBefore(EARLIEST) ? EARLIEST : value.isAfter(LATEST) ? LATEST : value;
  }

  private BinaryCopy nothing() throws IOException {
    out.writeInt(NULL);
    return this;
  }

  private void begin() throws IOException {
    out.write(SIGNATURE);
    out.writeInt(0);
    out.writeInt(0);
  }

  private void end() throws IOException {
    out.writeShort(-1);
    send();
  }

  private void send() {
    try {
      byte[] piece = bytes.toByteArray();
      copy.writeToCopy(piece, 0, piece.length);
      bytes.reset();
    } catch (SQLException failure) {
      throw new DataAccessException("COPY", failure);
    }
  }

  /// Writes the rows.
  interface Rows {
    void writeTo(BinaryCopy copy) throws IOException;
  }
}
