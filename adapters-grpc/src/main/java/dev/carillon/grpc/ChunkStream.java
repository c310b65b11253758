package dev.carillon.grpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One caller's stream of chunks. While one is in work, the next is received and prepared, and no
/// more: two chunks and a few answers are in memory, however many come. Chunks are worked on and
/// answered in their order; what a chunk is refused by ends the stream, after the answers to those
/// before it.
final class ChunkStream<Q, S> implements StreamObserver<Q> {
  private final Work<Q, S> work;
  private final UnaryOperator<Runnable> ofCall;
  private final Function<Throwable, Throwable> failures;
  private final ServerCallStreamObserver<S> answers;
  private final Silence silence;
  private final Consumer<ChunkStream<?, ?>> onEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private boolean working;
  private boolean owed;
  private boolean closing;
  private boolean ended;

  /// To be made before the call's handler returns, since the call's flow is set up here.
  ///
  /// @param ofCall lets work on other threads be part of the call
  /// @param failures what the caller is told of an exception
  /// @param onEnd hears once that it has ended
  ChunkStream(
      Work<Q, S> work,
      UnaryOperator<Runnable> ofCall,
      Function<Throwable, Throwable> failures,
      ServerCallStreamObserver<S> answers,
      Silence silence,
      Consumer<ChunkStream<?, ?>> onEnd) {
    this.work = work;
    this.ofCall = ofCall;
    this.failures = failures;
    this.answers = answers;
    this.silence = silence;
    this.onEnd = onEnd;
    answers.disableAutoRequest();
    answers.setOnReadyHandler(() -> locked(this::askIfReady));
    // An interceptor that refuses a chunk closes the call before anything of it comes here.
    answers.setOnCloseHandler(() -> locked(this::end));
  }

  /// Asks for the first chunk.
  void begin() {
    locked(this::ask);
  }

  @Override
  public void onNext(Q chunk) {
    locked(silence::over);
    Supplier<Optional<S>> prepared;
    try {
      Deadlines.check();
      prepared = work.prepare(chunk);
    } catch (RuntimeException | Error failure) {
      whenIdle(this::end);
      throw failure;
    }
    whenIdle(() -> begin(prepared));
  }

  @Override
  public void onCompleted() {
    whenIdle(() -> {
      end();
      work.end().ifPresent(answers::onNext);
      answers.onCompleted();
    });
  }

  @Override
  public void onError(Throwable cancelled) {
    locked(this::end);
  }

  /// Ends the stream by this status, after the chunk that is in work.
  void endBy(StatusRuntimeException status) {
    locked(() -> closing = true);
    whenIdle(() -> {
      end();
      answers.onError(status);
    });
  }

  /// What was prepared is dropped when the stream is closing: it was not answered.
  private void begin(Supplier<Optional<S>> prepared) {
    if (!closing) {
      working = true;
      Runnable rest = ofCall.apply(() -> work(prepared));
      Thread.ofVirtual().name("chunk").start(Context.current().wrap(rest));
      ask();
    }
  }

  private void work(Supplier<Optional<S>> prepared) {
    try {
      Optional<S> answer = prepared.get();
      done(() -> {
        answer.ifPresent(answers::onNext);
        listen();
        askIfReady();
      });
    } catch (RuntimeException | Error failure) {
      done(() -> {
        end();
        answers.onError(failures.apply(failure));
      });
    }
  }

  private void done(Runnable telling) {
    lock.lock();
    try {
      working = false;
      idle.signalAll();
      if (!ended) {
        telling.run();
      }
    } finally {
      lock.unlock();
    }
  }

  private void ask() {
    owed = true;
    listen();
    askIfReady();
  }

  private void askIfReady() {
    if (owed && answers.isReady()) {
      owed = false;
      answers.request(1);
    }
  }

  private void listen() {
    silence.begin(this::endIfSilent);
  }

  /// While a chunk is in work, it is the caller who waits.
  private void endIfSilent() {
    locked(() -> {
      if (!working) {
        end();
        answers.onError(CallStatuses.tooSlow(silence.longest()));
      }
    });
  }

  private void end() {
    ended = true;
    silence.over();
    onEnd.accept(this);
    idle.signalAll();
  }

  private void whenIdle(Runnable step) {
    locked(() -> {
      while (working && !ended) {
        idle.awaitUninterruptibly();
      }
      if (!ended) {
        step.run();
      }
    });
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      if (!ended) {
        step.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What is done with the chunks of one stream.
  interface Work<Q, S> {
    /// Does with a chunk what can be done before those before it are done with, and returns the
    /// rest of the work. That is done for one chunk after the other, on other threads; it yields
    /// nothing when the chunk is not answered by itself.
    Supplier<Optional<S>> prepare(Q chunk);

    /// The answer to all of them, when the caller has sent the last and it is done; empty when
    /// there is none.
    default Optional<S> end() {
      return Optional.empty();
    }
  }

  /// The time that a caller takes for the next chunk. Used by one thread at a time.
  static final class Silence {
    private final ScheduledExecutorService timer;
    private final Duration longest;
    private @Nullable Future<?> end;

    Silence(ScheduledExecutorService timer, Duration longest) {
      this.timer = timer;
      this.longest = longest;
    }

    Duration longest() {
      return longest;
    }

    /// Begins, or begins anew; the action is called when it has lasted too long.
    void begin(Runnable tooLong) {
      over();
      end = timer.schedule(tooLong, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    void over() {
      Future<?> waiting = end;
      if (waiting != null) {
        waiting.cancel(false);
      }
    }
  }
}
