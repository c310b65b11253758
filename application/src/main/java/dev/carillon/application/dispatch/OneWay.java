package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.Route;
import java.util.List;

/// All messages go to the job's own provider: there is nothing to choose.
final class OneWay implements Ways {
  private final Lane lane;
  private final Route route;

  OneWay(Lane lane) {
    this.lane = lane;
    this.route = new Route(lane.id(), "");
  }

  @Override
  public int choose(int position, int boundTo) {
    return PROVIDER;
  }

  @Override
  public List<Load> loads(List<Settled.Marked> marked) {
    return List.of(new Load(lane, marked));
  }

  @Override
  public int countBy(Lane by, List<Settled.Marked> marked) {
    return marked.size();
  }

  @Override
  public Route route(int position) {
    return route;
  }

  @Override
  public boolean heard(List<Answer> answers) {
    return false;
  }
}
