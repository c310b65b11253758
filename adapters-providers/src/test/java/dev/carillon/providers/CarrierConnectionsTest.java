package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CarrierConnectionsTest {
  private final List<String> events = new ArrayList<>();

  @Test
  void startsInOrderAndClosesInReverse() {
    CarrierConnections connections = connections("a", "b", "c");
    connections.start();
    connections.close();
    connections.close();

    assertThat(events).containsExactly("+a", "+b", "+c", "-c", "-b", "-a");
  }

  @Test
  void closesWhatWasStartedWhenOneCannotBeStarted() {
    CarrierConnections connections = connections("a", "broken", "c");

    assertThatThrownBy(connections::start).isInstanceOf(IllegalStateException.class);
    assertThat(events).containsExactly("+a", "-a");
  }

  private CarrierConnections connections(String... names) {
    Set<CarrierConnection> connections = new LinkedHashSet<>();
    for (String name : names) {
      connections.add(new Named(name));
    }
    return new CarrierConnections(connections);
  }

  private final class Named implements CarrierConnection {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public void start() {
      if (name.equals("broken")) {
        throw new IllegalStateException("cannot be started");
      }
      events.add("+" + name);
    }

    @Override
    public void close() {
      events.add("-" + name);
    }
  }
}
