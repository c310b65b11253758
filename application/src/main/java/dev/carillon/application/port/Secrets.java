package dev.carillon.application.port;

/// Makes what nobody can guess.
public interface Secrets {
  /// 256 random bits in 43 characters of the URL-safe Base64 alphabet (RFC 4648, section 5).
  String next();
}
