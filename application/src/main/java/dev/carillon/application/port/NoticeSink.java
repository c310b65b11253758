package dev.carillon.application.port;

import dev.carillon.domain.delivery.Notice;
import java.util.List;

/// Where carriers bring what they tell later, of whatever kind.
public interface NoticeSink {
  /// Most notices of one call.
  int MOST = 2_000;

  /// Stores notices and moves what they prove; what cannot be matched to a message yet is parked
  /// and matched later. When this returns they are facts and may be acknowledged; when it throws a
  /// DomainException (StoreUnavailable) they must be brought again, and what was stored of them by
  /// then does no harm. Waits a bounded time. Notices of nobody's message change nothing.
  void record(List<Notice> notices);
}
