package dev.carillon.grpc;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.domain.business.Scope;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The page tokens of one list of recipients, which may be sorted in several ways and whose
/// filtered total is counted once: opaque, and good only for the tenant, the filters and the order
/// that they were made for.
final class RecipientTokens {
  private static final byte VERSION = 1;

  private final SealedToken seal;
  private final RecipientOrder order;

  private RecipientTokens(SealedToken seal, RecipientOrder order) {
    this.seal = seal;
    this.order = order;
  }

  /// @param filters the request without what says which page
  static RecipientTokens of(Scope scope, Message filters, RecipientOrder order) {
    return new RecipientTokens(
        SealedToken.of(
            VERSION,
            filters.getDescriptorForType().getFullName(),
            scope.business().value() + "/" + scope.environment(),
            SealedToken.deterministic(filters)),
        order);
  }

  /// Which part of the list is wanted. Throws InvalidFields when the token is none of this list's.
  ///
  /// @param size 0 means the default; the rules of the request bound it
  /// @param token empty for the first page
  RecipientPageRequest request(int size, int skip, String token) {
    return new RecipientPageRequest(
        order,
        size == 0 ? PageRequest.DEFAULT_SIZE : size,
        skip,
        token.isEmpty() ? null : cursor(token));
  }

  /// The token of the page after this cursor; empty text when there is none.
  String next(@Nullable RecipientCursor cursor) {
    if (cursor == null) {
      return "";
    }
    byte[] key = key(cursor);
    return seal.write(
        ByteBuffer.allocate(2 * Long.BYTES + key.length)
            .putLong(cursor.totalSize())
            .putLong(cursor.id())
            .put(key)
            .array());
  }

  private RecipientCursor cursor(String token) {
    return seal.content(token)
        .flatMap(this::read)
        .orElseThrow(() ->
            Violations.one(
                "page_token", "must be a next_page_token of the same list with the same filters"));
  }

  private Optional<RecipientCursor> read(byte[] content) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      long total = bytes.getLong();
      long id = bytes.getLong();
      return switch (order.by()) {
        case ID -> Optional.of(new RecipientCursor(null, null, id, total));
        case LAST_NAME -> Optional.of(new RecipientCursor(null, name(bytes), id, total));
        case CREATE_TIME, UPDATE_TIME ->
            time(bytes).map(time -> new RecipientCursor(time, null, id, total));
      };
    } catch (BufferUnderflowException tooShort) {
      return Optional.empty();
    }
  }

  private static byte[] key(RecipientCursor cursor) {
    Instant time = cursor.time();
    String name = cursor.name();
    if (time != null) {
      return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
          .putLong(time.getEpochSecond())
          .putInt(time.getNano())
          .array();
    }
    return name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
  }

  private static String name(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString().replace("\0", "");
  }

  private static Optional<Instant> time(ByteBuffer bytes) {
    return ProtoValues.instant(
        Timestamp.newBuilder().setSeconds(bytes.getLong()).setNanos(bytes.getInt()).build());
  }
}
