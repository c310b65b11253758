package dev.carillon.benchmarks.compare;

import dev.carillon.benchmarks.house.AcceptRun;
import dev.carillon.benchmarks.house.AcceptRun.Accepted;
import dev.carillon.benchmarks.house.DispatchRun;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.ArrayList;
import java.util.List;

/// The whole service, its jobs submitted through gRPC and held until they are dispatched.
public final class HouseSide implements Side {
  private final AcceptRun accept;
  private final DispatchRun dispatch;
  private final CreateBulkJobRequest request;
  private final int jobs;
  private final List<String> stored = new ArrayList<>();

  public HouseSide(AcceptRun accept, DispatchRun dispatch, CreateBulkJobRequest request, int jobs) {
    this.accept = accept;
    this.dispatch = dispatch;
    this.request = request;
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "carillon";
  }

  @Override
  public Spent prepare() throws Exception {
    Accepted accepted = accept.submit(request, jobs, 1);
    stored.addAll(accepted.ids());
    return accepted.spent();
  }

  @Override
  public Spent dispatch() throws Exception {
    Spent spent = dispatch.dispatch(stored);
    stored.clear();
    return spent;
  }

  @Override
  public int messages() {
    return jobs * request.getToCount();
  }
}
