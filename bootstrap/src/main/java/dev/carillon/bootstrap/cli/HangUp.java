package dev.carillon.bootstrap.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hang-up signal (HUP), which asks a service to read its configuration again. Where the system
/// has no such signal, nobody asks.
final class HangUp {
  private static final Logger log = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /// Does something, on a thread of its own, at every such signal.
  ///
  /// The JDK has signals in a class that compilers warn of, so it is named only at run time.
  static void onEach(Runnable doing) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object told =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(), new Class<?>[] {handler}, handling(doing));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), told);
    } catch (ReflectiveOperationException unknown) {
      log.info("there is no hang-up signal here; the configuration file is looked at all the same");
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static InvocationHandler handling(Runnable doing) {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "handle" -> {
            doing.run();
            yield null;
          }
          case "equals" -> arguments.length == 1 && proxy == arguments[0];
          case "hashCode" -> System.identityHashCode(proxy);
          default -> "HangUp";
        };
  }
}
