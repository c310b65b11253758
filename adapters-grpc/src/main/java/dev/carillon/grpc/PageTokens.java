package dev.carillon.grpc;

import com.google.protobuf.Message;
import dev.carillon.domain.business.Scope;
import java.util.OptionalLong;

/// The page tokens of one list: opaque, and good only for the tenant and the filters that they were
/// made for.
final class PageTokens {
  private static final byte VERSION = 1;

  private final SealedToken seal;

  private PageTokens(SealedToken seal) {
    this.seal = seal;
  }

  /// @param filters the request without what says which page
  static PageTokens of(Scope scope, Message filters) {
    return new PageTokens(
        SealedToken.of(
            VERSION,
            filters.getDescriptorForType().getFullName(),
            scope.business().value() + "/" + scope.environment(),
            SealedToken.deterministic(filters)));
  }

  /// The token of the page after this cursor; empty text when there is none.
  String next(OptionalLong cursor) {
    return cursor.isPresent() ? seal.write(cursor.getAsLong()) : "";
  }

  /// The cursor of a token. Throws InvalidFields when it is none of this list's.
  long cursor(String token) {
    return seal.read(token)
        .orElseThrow(() ->
            Violations.one(
                "page_token", "must be a next_page_token of the same list with the same filters"));
  }
}
