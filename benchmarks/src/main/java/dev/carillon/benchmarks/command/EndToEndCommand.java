package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.house.AcceptRun;
import dev.carillon.benchmarks.house.AcceptRun.Accepted;
import dev.carillon.benchmarks.house.DispatchRun;
import dev.carillon.benchmarks.house.FirstMessage;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.LiveJob;
import dev.carillon.benchmarks.house.ProcessMemory;
import dev.carillon.benchmarks.house.Storage;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.v1.CreateBulkJobRequest;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures the whole service through its API.
@Command(
    name = "endtoend",
    mixinStandardHelpOptions = true,
    description = "The whole service, through gRPC: rates, latencies, memory and bytes.")
public final class EndToEndCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(
      names = "--messages",
      defaultValue = "500000",
      description = "Messages of each measured case. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--job",
      defaultValue = "50000",
      description = "Recipients of a job; above 50,000 the limits are raised. Default: 50000")
  private int jobSize;

  @Option(names = "--window", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(
      names = "--submissions",
      split = ",",
      defaultValue = "ONE_TEXT,OWN_TEXTS",
      description = "What is submitted: ${COMPLETION-CANDIDATES}. Default: both")
  private List<Submissions> submissions = List.of();

  @Option(
      names = "--threads",
      split = ",",
      defaultValue = "1,2",
      description = "Client threads, each measured. Default: ${DEFAULT-VALUE}")
  private List<Integer> threads = List.of();

  @Option(
      names = "--warm-up",
      defaultValue = "100000",
      description = "Messages accepted and dispatched before anything is measured.")
  private int warmUp;

  @Option(
      names = "--small-jobs",
      defaultValue = "50",
      description = "Jobs of one, for the time to the first message.")
  private int smallJobs;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        House house = House.start(postgres, options.settings(window, jobSize));
        PostgresMeter meter = PostgresMeter.of(postgres);
        HouseClient client = house.client()) {
      out.println(ServerDescription.of(postgres));
      out.printf(
          "%d workers, chunk %d, window %d, jobs of %,d%n",
          options.workers, options.chunkSize, window, jobSize);
      try (HeldJobs held = HeldJobs.on(postgres)) {
        Bench bench =
            new Bench(
                postgres,
                meter,
                new AcceptRun(house, meter),
                new DispatchRun(client, meter, held),
                out);
        bench.warmUp(warmUp);
        for (Submissions kind : submissions) {
          for (int count : threads) {
            bench.measure(kind, count, jobSize, Math.max(1, messages / jobSize));
          }
        }
      }
      latencies(client, out);
      out.println("memory: " + ProcessMemory.read());
      out.flush();
    }
    return 0;
  }

  private void latencies(HouseClient client, PrintWriter out) {
    FirstMessage.Measured first = new FirstMessage(client).send(smallJobs);
    out.printf("a job of 1, from the call to its hand-over: %s%n", first.handedOver());
    out.printf("a job of 1, from the call to the client reading its end: %s%n", first.told());
    LiveJob.Measured live =
        new LiveJob(client).run(submissions.getFirst().of(Math.min(jobSize, 50_000)));
    out.printf(
        "a job of %,d, from the call: answer %.0f ms, first message %.0f ms, end %.0f ms%n",
        Math.min(jobSize, 50_000), live.answer(), live.firstMessage(), live.end());
    out.printf("progress, from the change to the client: %s%n", live.progress());
  }

  private record Bench(
      Postgres postgres,
      PostgresMeter meter,
      AcceptRun accept,
      DispatchRun dispatch,
      PrintWriter out) {

    void warmUp(int messages) throws SQLException, InterruptedException {
      int size = Math.min(messages, 10_000);
      for (Submissions kind : Submissions.values()) {
        Accepted accepted = accept.submit(kind.of(size), Math.max(1, messages / size / 2), 1);
        dispatch.dispatch(accepted.ids());
      }
    }

    void measure(Submissions kind, int threads, int jobSize, int jobs)
        throws SQLException, InterruptedException {
      CreateBulkJobRequest request = kind.of(jobSize);
      Storage before = Storage.read(meter);
      Accepted accepted = accept.submit(request, jobs, threads);
      long messages = accepted.messages();
      out.printf(
          "accept   %,d, %s, %d client threads: %s%n",
          messages, kind, threads, accepted.spent().perMessage(messages));
      out.flush();
      postgres.checkpoint();
      Spent dispatched = dispatch.dispatch(accepted.ids());
      out.printf("dispatch %,d: %s%n", messages, dispatched.perMessage(messages));
      out.printf(
          "storage  %,d, a message: %s%n",
          messages, Storage.read(meter).minus(before).perMessage(messages));
      out.flush();
    }
  }
}
