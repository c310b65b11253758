package dev.carillon.persistence;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;

/// Ports of which a call can be the last of its caller: what it asked for is done, and nobody ever
/// hears of it. Within a transaction that is a crash; where the call was the transaction, a commit
/// whose answer was lost. Of one thread.
final class DyingPorts {
  private int callsLeft;

  /// All ports of a store, as they die.
  Stores over(Stores real) throws ReflectiveOperationException {
    RecordComponent[] components = Stores.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] ports = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      ports[i] = over(types[i], components[i].getAccessor().invoke(real));
    }
    return Stores.class.getDeclaredConstructor(types).newInstance(ports);
  }

  private Object over(Class<?> port, Object real) {
    return Proxy.newProxyInstance(
        port.getClassLoader(),
        new Class<?>[] {port},
        (_, method, arguments) -> {
          Object answer;
          try {
            answer = method.invoke(real, arguments);
          } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
          }
          countDown();
          return answer;
        });
  }

  /// Dies after so many calls, once.
  void dieAfter(int calls) {
    callsLeft = calls;
  }

  /// Goes on living.
  void live() {
    callsLeft = 0;
  }

  private void countDown() {
    if (callsLeft > 0 && --callsLeft == 0) {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    }
  }
}
