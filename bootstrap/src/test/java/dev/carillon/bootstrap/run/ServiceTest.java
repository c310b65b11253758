package dev.carillon.bootstrap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTest {
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final List<String> told = new ArrayList<>();

  @Test
  void startsInOrderDrainsAllAndStopsInReverse() {
    Service service = new Service(List.of(part("a"), part("b"), part("c")), GRACE);

    service.start();
    service.stop();
    service.stop();

    assertThat(told)
        .containsExactly(
            "start a", "start b", "start c", "drain c", "drain b", "drain a", "stop c", "stop b",
            "stop a");
  }

  @Test
  void stopsWhatWasStartedWhenAPartCannotBe() {
    Service service = new Service(List.of(part("a"), failing("b", "no room"), part("c")), GRACE);

    assertThatThrownBy(service::start)
        .isInstanceOf(ServiceStartException.class)
        .hasMessage("b could not be started: no room");
    assertThat(told).containsExactly("start a", "drain a", "stop a");
  }

  @Test
  void stopsTheOthersWhenOneDoesNotStopCleanly() {
    Part unclean =
        new Recorded("b") {
          @Override
          public void stop(Duration time) {
            throw new IllegalStateException("stuck");
          }
        };
    Service service = new Service(List.of(part("a"), unclean), GRACE);

    service.start();
    service.stop();

    assertThat(told).endsWith("stop a");
  }

  @Test
  void givesEachPartNoMoreThanIsLeftOfTheGraceAndALittleInAnyCase() {
    List<Duration> given = new ArrayList<>();
    Part timed =
        new Recorded("a") {
          @Override
          public void stop(Duration time) {
            given.add(time);
          }
        };

    Service generous = new Service(List.of(timed), GRACE);
    generous.start();
    generous.stop();
    Service strict = new Service(List.of(timed), Duration.ZERO);
    strict.start();
    strict.stop();

    assertThat(given.getFirst()).isBetween(Duration.ofSeconds(2), GRACE);
    assertThat(given.getLast()).isEqualTo(Duration.ofMillis(250));
  }

  private Part part(String name) {
    return new Recorded(name);
  }

  private Part failing(String name, String why) {
    return new Recorded(name) {
      @Override
      public void start() {
        throw new IllegalStateException(why);
      }
    };
  }

  private class Recorded implements Part {
    private final String name;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {
      told.add("start " + name);
    }

    @Override
    public void drain() {
      told.add("drain " + name);
    }

    @Override
    public void stop(Duration time) {
      told.add("stop " + name);
    }
  }
}
