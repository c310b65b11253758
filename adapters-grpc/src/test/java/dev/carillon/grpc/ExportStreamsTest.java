package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.InMemoryTenancy;
import dev.carillon.application.message.ExportMessages;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.ExportMessagesResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportStreamsTest {
  private static final int MOST = 100;

  private final ExportStreams streams =
      new ExportStreams(
          new ExportMessages(new InMemoryStore(InstantSource.system()).messages()),
          new ErrorInterceptor(new Incidents(() -> "1")),
          new Tenants(new InMemoryTenancy()));

  @AfterEach
  void drain() {
    streams.drain();
  }

  @Test
  void hasRoomForSoManyAndAgainWhenOneHasEnded() {
    List<ScriptedReader<ExportMessagesResponse>> readers =
        Stream.generate(ScriptedReader::<ExportMessagesResponse>slow).limit(MOST).toList();
    readers.forEach(this::serve);

    assertThat(refused()).isTrue();
    assertThat(refused()).isTrue();
    readers.getFirst().goAway();

    Await.until("there is room again", () -> !refused());
    assertThat(refused()).isTrue();
  }

  @Test
  void keepsNoRoomForAReaderThatCouldNotBeServed() {
    for (int i = 0; i < MOST; i++) {
      assertThatThrownBy(() -> serve(ScriptedReader.broken()))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(refused()).isFalse();
  }

  private boolean refused() {
    DomainException refusal =
        catchThrowableOfType(DomainException.class, () -> serve(ScriptedReader.slow()));
    if (refusal != null) {
      assertThat(refusal.error()).isInstanceOf(DomainError.QuotaExceeded.class);
    }
    return refusal != null;
  }

  private void serve(ScriptedReader<ExportMessagesResponse> reader) {
    streams.serve(new ExportMessages.Query(House.CALLER, "any", -1), reader);
  }
}
