package dev.carillon.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Writes a number, or a little more, as an opaque token (base64url of a version, the content and a
/// check), bound to what it was made for. The check is no signature: it tells a token that was
/// mixed up or damaged, and a forged one reaches nothing beyond its tenant.
final class SealedToken {
  private static final int CHECK_LENGTH = 12;

  private final byte version;
  private final byte[] purpose;

  private SealedToken(byte version, byte[] purpose) {
    this.version = version;
    this.purpose = purpose;
  }

  /// @param kind, owner, filters what the tokens are bound to
  static SealedToken of(byte version, String kind, String owner, byte[] filters) {
    MessageDigest digest = sha256();
    for (String part : new String[] {kind, owner}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return new SealedToken(version, digest.digest(filters));
  }

  /// The same bytes for equal messages, whatever the order of their maps.
  static byte[] deterministic(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes;
  }

  String write(long number) {
    return write(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /// The same for more than a number.
  String write(byte[] content) {
    byte[] token =
        ByteBuffer.allocate(1 + content.length + CHECK_LENGTH)
            .put(version)
            .put(content)
            .put(check(content))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// The number; empty when the token is not one of these.
  Optional<Long> read(String token) {
    return content(token)
        .filter(content -> content.length == Long.BYTES)
        .map(content -> ByteBuffer.wrap(content).getLong());
  }

  /// What a token holds; empty when it is not one of these.
  Optional<byte[]> content(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length < 1 + CHECK_LENGTH || bytes[0] != version) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length - CHECK_LENGTH);
    byte[] check = Arrays.copyOfRange(bytes, bytes.length - CHECK_LENGTH, bytes.length);
    return MessageDigest.isEqual(check, check(content)) ? Optional.of(content) : Optional.empty();
  }

  private byte[] check(byte[] content) {
    MessageDigest digest = sha256();
    digest.update(version);
    digest.update(content);
    return Arrays.copyOf(digest.digest(purpose), CHECK_LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
