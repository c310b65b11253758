/// Tokens (JWT, RFC 7519): whether they are genuine, by the public keys of who makes them.
@NullMarked
package dev.carillon.providers.tokens;

import org.jspecify.annotations.NullMarked;
