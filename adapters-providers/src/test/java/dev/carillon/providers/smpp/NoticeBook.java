package dev.carillon.providers.smpp;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.LateAnswer;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.providers.Witness;
import java.util.List;
import java.util.function.Consumer;

/// Stores notices in memory, and fails or waits when it is told to.
final class NoticeBook implements NoticeSink {
  private final Witness<Notice> stored = new Witness<>();
  private volatile Consumer<List<Notice>> before = notices -> {};

  @Override
  public void record(List<Notice> notices) {
    before.accept(notices);
    notices.forEach(stored::see);
  }

  /// From now on every call runs this first; what it throws, the call throws.
  void first(Consumer<List<Notice>> action) {
    before = action;
  }

  List<Notice> stored() {
    return stored.seen();
  }

  List<Notice> await(int count) {
    return stored.await(all -> all.size() >= count);
  }

  List<CarrierReceipt> awaitReceipts(int count) {
    return await(count).stream()
        .filter(Notice.OfCarrierMessage.class::isInstance)
        .map(notice -> ((Notice.OfCarrierMessage) notice).receipt())
        .toList();
  }

  /// The first that tells of an answer that came late.
  LateAnswer awaitLateAnswer() {
    return stored
        .await(all -> all.stream().anyMatch(Notice.OfLateAnswer.class::isInstance))
        .stream()
        .filter(Notice.OfLateAnswer.class::isInstance)
        .map(notice -> ((Notice.OfLateAnswer) notice).answer())
        .findFirst()
        .orElseThrow();
  }

  /// The first that names our reference.
  Receipt awaitOwn() {
    return stored.await(all -> all.stream().anyMatch(Notice.OfMessage.class::isInstance)).stream()
        .filter(Notice.OfMessage.class::isInstance)
        .map(notice -> ((Notice.OfMessage) notice).receipt())
        .findFirst()
        .orElseThrow();
  }
}
