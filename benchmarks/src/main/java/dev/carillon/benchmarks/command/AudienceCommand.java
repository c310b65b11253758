package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.contacts.AudienceRun;
import dev.carillon.benchmarks.contacts.AudienceRun.Sent;
import dev.carillon.benchmarks.contacts.ContactsClient;
import dev.carillon.benchmarks.contacts.Importing;
import dev.carillon.benchmarks.contacts.Importing.Imported;
import dev.carillon.benchmarks.contacts.People;
import dev.carillon.benchmarks.contacts.StoredGroup;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures a personalised SMS to a stored group, accepted by one call and sent.
@Command(
    name = "audience",
    mixinStandardHelpOptions = true,
    description = "A personalised SMS to a stored group in one call, the group changing meanwhile.")
public final class AudienceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private ContactsOptions node = new ContactsOptions();

  @Option(
      names = "--recipients",
      defaultValue = "1000000",
      description = "Members of the group. Default: ${DEFAULT-VALUE}")
  private int recipients;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open()) {
      out.println(ServerDescription.of(postgres));
      StoredGroup group;
      String apiKey;
      try (Nodes nodes = node.start(postgres, options, recipients)) {
        apiKey = new Businesses(postgres).add("Audience " + UUID.randomUUID());
        group = store(nodes, apiKey, out);
      }
      postgres.checkpoint();
      // A process of its own, so that the memory of storing them does not count.
      try (Nodes nodes = node.start(postgres, options, recipients)) {
        return print(new AudienceRun(nodes, apiKey, group).run(), group, out) ? 0 : 1;
      }
    }
  }

  private StoredGroup store(Nodes nodes, String apiKey, PrintWriter out) throws Exception {
    try (ContactsClient client = ContactsClient.at(nodes.port(0), apiKey)) {
      Imported imported = new Importing(client).run("people", recipients, People::at);
      long start = System.nanoTime();
      StoredGroup group = StoredGroup.ofAll(client);
      out.printf(
          "stored %,d recipients in %.1f s and put %,d into a group in %.1f s; peak RSS %s%n",
          imported.standing().getCreatedCount(),
          imported.seconds(),
          group.members(),
          (System.nanoTime() - start) / 1e9,
          Mebibytes.of(nodes.process(0).peakRssBytes()));
      out.flush();
      return group;
    }
  }

  private boolean print(Sent sent, StoredGroup group, PrintWriter out) {
    long accepted = sent.accepted().getCounters().getAccepted();
    out.printf(
        "-Xmx%dm: accepted %,d of %,d members, %,d without an address, in one call of %.2f s"
            + " (%,.0f recipients/s, CPU of the service %.1f s); peak RSS %s%n",
        node.heap,
        accepted,
        sent.accepted().getCounters().getTotal(),
        sent.accepted().getCounters().getNoAddress(),
        sent.acceptSeconds(),
        sent.accepted().getCounters().getTotal() / sent.acceptSeconds(),
        sent.acceptCpuSeconds(),
        Mebibytes.of(sent.memoryAccepted()));
    out.printf(
        "sent %,d in %.1f s (%,.0f messages/s); peak RSS %s%n",
        sent.ended().getCounters().getSuccessCount(),
        sent.dispatchSeconds(),
        accepted / sent.dispatchSeconds(),
        Mebibytes.of(sent.memoryEnded()));
    boolean exact = group.members() == recipients && sent.isExact(group.members());
    out.printf(
        "%,d members were taken out meanwhile: the job has the group of one moment of the call, and"
            + " each was written to once: %s%n",
        sent.takenOut(), exact ? "kept" : "MISSED");
    out.flush();
    return exact;
  }
}
