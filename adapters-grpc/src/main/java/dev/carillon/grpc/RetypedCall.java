package dev.carillon.grpc;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A call as its service knows it, whatever type its requests have on the way there. It closes
/// once, whoever does it, and may be answered and closed by several threads; what comes after its
/// end is dropped.
final class RetypedCall<Q, S> extends ServerCall<Q, S> {
  private final ServerCall<?, S> call;
  private final MethodDescriptor<Q, S> method;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  RetypedCall(ServerCall<?, S> call, MethodDescriptor<Q, S> method) {
    this.call = call;
    this.method = method;
  }

  @Override
  public MethodDescriptor<Q, S> getMethodDescriptor() {
    return method;
  }

  @Override
  public void request(int messages) {
    call.request(messages);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    whileOpen(() -> call.sendHeaders(headers));
  }

  @Override
  public void sendMessage(S message) {
    whileOpen(() -> call.sendMessage(message));
  }

  @Override
  public void close(Status status, Metadata trailers) {
    whileOpen(() -> {
      closed = true;
      call.close(status, trailers);
    });
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public boolean isCancelled() {
    return call.isCancelled();
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    call.setMessageCompression(enabled);
  }

  @Override
  public void setCompression(String compressor) {
    call.setCompression(compressor);
  }

  @Override
  public void setOnReadyThreshold(int bytes) {
    call.setOnReadyThreshold(bytes);
  }

  @Override
  public SecurityLevel getSecurityLevel() {
    return call.getSecurityLevel();
  }

  @Override
  public Attributes getAttributes() {
    return call.getAttributes();
  }

  @Override
  public @Nullable String getAuthority() {
    return call.getAuthority();
  }

  private void whileOpen(Runnable step) {
    lock.lock();
    try {
      if (!closed) {
        step.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
