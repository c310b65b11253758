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

/// Writes a number as an opaque token (base64url of a version, the number and a check), bound to
/// what it was made for. The check is no signature: it tells a token that was mixed up or damaged,
/// and a forged one reaches nothing beyond its tenant.
final class SealedToken {
  private static final int CHECK_LENGTH = 12;
  private static final int LENGTH = 1 + Long.BYTES + CHECK_LENGTH;

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
    byte[] token =
        ByteBuffer.allocate(LENGTH).put(version).putLong(number).put(check(number)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// The number; empty when the token is not one of these.
  Optional<Long> read(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != LENGTH || bytes[0] != version) {
      return Optional.empty();
    }
    long number = ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong();
    byte[] check = Arrays.copyOfRange(bytes, 1 + Long.BYTES, LENGTH);
    return MessageDigest.isEqual(check, check(number)) ? Optional.of(number) : Optional.empty();
  }

  private byte[] check(long number) {
    MessageDigest digest = sha256();
    digest.update(version);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
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
