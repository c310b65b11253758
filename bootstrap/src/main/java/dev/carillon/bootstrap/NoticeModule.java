package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.RecordNotices;
import dev.carillon.application.dispatch.RecentSuppressions;
import dev.carillon.application.keeping.Duty;
import dev.carillon.application.keeping.ForgetParked;
import dev.carillon.application.keeping.MatchByAddress;
import dev.carillon.application.keeping.MatchParked;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.suppression.RecordOptOuts;
import dev.carillon.persistence.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Makes what takes the notices of carriers, and what becomes of those that come too early.
final class NoticeModule extends AbstractModule {
  private static final Duration LOOK_FOR_IDS = Duration.ofMillis(500);
  private static final Duration LOOK_FOR_ADDRESSES = Duration.ofSeconds(5);
  private static final Duration FORGET = Duration.ofMinutes(10);

  private final Duration parkedKept;

  /// @param parkedKept how long receipts are kept about which nobody knows what they are about
  NoticeModule(Duration parkedKept) {
    this.parkedKept = parkedKept;
  }

  @Provides
  @Singleton
  RecordNotices recordNotices(
      Stores stores, Sweeping sweeping, RecordOptOuts optOuts, NoticeLog log, InstantSource clock) {
    return new RecordNotices(sweeping, stores.carrierMessages(), optOuts, log, clock);
  }

  @Provides
  @Singleton
  RecordOptOuts recordOptOuts(Stores stores, RecentSuppressions recent) {
    return new RecordOptOuts(stores.suppressions(), recent::add);
  }

  @Provides
  @Singleton
  NoticeLog noticeLog() {
    return new NoticeLog();
  }

  @Provides
  @Singleton
  Parked parked(Stores stores, Sweeping sweeping, NoticeLog log, InstantSource clock) {
    MatchParked match =
        new MatchParked(stores.carrierMessages(), sweeping, clock, log::receiptFailed);
    MatchByAddress byAddress =
        new MatchByAddress(stores.carrierMessages(), sweeping, clock, log::receiptFailed);
    ForgetParked forget = new ForgetParked(stores.carrierMessages(), clock, parkedKept);
    return new Parked(
        List.of(
            new Duty("match-parked", LOOK_FOR_IDS, match::handle),
            new Duty("match-by-address", LOOK_FOR_ADDRESSES, byAddress::handle),
            new Duty("forget-parked", FORGET, forget::handle)));
  }

  /// What has to be done for receipts that are parked.
  record Parked(List<Duty> duties) {}
}
