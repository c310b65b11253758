package dev.carillon.application.settling;

import dev.carillon.application.port.StoreFault;
import dev.carillon.domain.error.DomainException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does work for many things at once, and where that fails, for halves of them, down to those that
/// fail by themselves: these keep nothing from the others. Doing it again for some must do no harm.
public final class Halving<T> {
  private static final int MOST_FAILING = 20;

  private final Consumer<List<T>> work;
  private final BiConsumer<T, RuntimeException> failing;
  private int failed;

  private Halving(Consumer<List<T>> work, BiConsumer<T, RuntimeException> failing) {
    this.work = work;
    this.failing = failing;
  }

  /// Does the work. Throws what it throws when that is a refusal, such as StoreUnavailable, or the
  /// store's own fault, or when more than twenty fail by themselves, since then something else is
  /// the matter.
  ///
  /// @param failing is told what failed by itself, twice in a row, and with what
  public static <T> void each(
      List<T> things, Consumer<List<T>> work, BiConsumer<T, RuntimeException> failing) {
    if (!things.isEmpty()) {
      new Halving<>(work, failing).handle(things);
    }
  }

  private void handle(List<T> things) {
    RuntimeException failure = attempt(things);
    if (failure == null) {
      return;
    }
    if (things.size() > 1) {
      int middle = things.size() / 2;
      handle(things.subList(0, middle));
      handle(things.subList(middle, things.size()));
      return;
    }
    RuntimeException again = attempt(things);
    if (again != null) {
      failed++;
      failing.accept(things.getFirst(), again);
      if (failed > MOST_FAILING) {
        throw again;
      }
    }
  }

  private @Nullable RuntimeException attempt(List<T> things) {
    try {
      work.accept(things);
      return null;
    } catch (DomainException refused) {
      throw refused;
    } catch (RuntimeException failure) {
      if (failure instanceof StoreFault) {
        throw failure;
      }
      return failure;
    }
  }
}
