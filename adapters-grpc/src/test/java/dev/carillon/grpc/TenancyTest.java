package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.memory.InMemoryTenancy;
import dev.carillon.domain.business.Scope;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// For whom the handlers of calls work, on whichever thread.
class TenancyTest {
  private static final Scope OWN = House.CALLER.scope();

  private final InMemoryTenancy tenancy = new InMemoryTenancy();
  private final Tenants tenants = new Tenants(tenancy);
  private final List<Optional<Scope>> seen = new CopyOnWriteArrayList<>();
  private final Context call = Callers.with(House.CALLER);

  @Test
  void handlesEveryEventOfACallForTheTenantOfItsCredentials() throws Exception {
    TenancyInterceptor interceptor = new TenancyInterceptor(tenancy);

    ServerCall.Listener<String> events =
        call.call(
            () -> interceptor.interceptCall(new NoCall(), new Metadata(), (_, _) -> seeing()));
    events.onReady();
    events.onMessage("chunk");
    events.onHalfClose();
    events.onCancel();
    events.onComplete();

    assertThat(seen).hasSize(6).containsOnly(Optional.of(OWN));
    assertThat(tenancy.current()).isEmpty();
  }

  @Test
  void followsACallToOtherThreads() throws Exception {
    UnaryOperator<Runnable> ofCall = call.call(tenants::ofCall);
    UnaryOperator<Runnable> ofNobody = tenants.ofCall();

    Thread.ofVirtual().start(ofCall.apply(this::look)).join();
    Thread.ofVirtual().start(ofNobody.apply(this::look)).join();

    assertThat(seen).containsExactly(Optional.of(OWN), Optional.empty());
  }

  @Test
  void worksOnChunksForTheTenantOfTheirCall() throws Exception {
    try (ChunkStreams streams =
        new ChunkStreams(
            Duration.ofMinutes(1), new ErrorInterceptor(new Incidents(() -> "1")), tenants)) {
      ScriptedReader<String> caller = new ScriptedReader<>();
      ChunkStream.Work<String, String> work =
          chunk ->
              () -> {
                look();
                return Optional.of(chunk);
              };
      var stream = call.call(() -> streams.serve("Add", work, caller));
      stream.onNext("one");
      stream.onNext("two");
      stream.onCompleted();

      assertThat(caller.taken()).containsExactly("one", "two");
      assertThat(seen).containsExactly(Optional.of(OWN), Optional.of(OWN));
    }
  }

  private void look() {
    seen.add(tenancy.current());
  }

  private ServerCall.Listener<String> seeing() {
    look();
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(String message) {
        look();
      }

      @Override
      public void onHalfClose() {
        look();
      }

      @Override
      public void onCancel() {
        look();
      }

      @Override
      public void onComplete() {
        look();
      }

      @Override
      public void onReady() {
        look();
      }
    };
  }

  /// A call that nothing is asked of.
  private static final class NoCall extends ServerCall<String, String> {
    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
      throw new UnsupportedOperationException("nobody asks which method it is");
    }
  }
}
