package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.contacts.ContactsClient;
import dev.carillon.benchmarks.contacts.ImportRun;
import dev.carillon.benchmarks.contacts.ImportRun.Twice;
import dev.carillon.benchmarks.contacts.Importing.Imported;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.v1.RecipientImport;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures an import with bad rows, and the same import once more.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Recipients imported, every hundredth row bad, and all of them once more.")
public final class ImportCommand implements Callable<Integer> {
  private static final double MICROS = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private ContactsOptions node = new ContactsOptions();

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "Of each import. Default: ${DEFAULT-VALUE}")
  private int rows;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        Nodes nodes = node.start(postgres, options, rows)) {
      out.println(ServerDescription.of(postgres));
      String apiKey = new Businesses(postgres).add("Import " + UUID.randomUUID());
      try (ContactsClient client = ContactsClient.at(nodes.port(0), apiKey);
          PostgresMeter meter = PostgresMeter.of(postgres)) {
        double cpu = nodes.cpuSeconds();
        Reading start = meter.read();
        Twice twice = new ImportRun(client).run(rows);
        out.printf(
            "CPU of a row, over both: the service %.0f us, PostgreSQL %.0f us%n",
            MICROS * (nodes.cpuSeconds() - cpu) / (2 * rows),
            MICROS * meter.since(start).cpuSeconds().orElse(0) / (2 * rows));
        print("first", twice.first(), out);
        print("again", twice.second(), out);
        out.printf(
            "-Xmx%dm, peak RSS %s; of %,d bad rows %,d were told rightly, %,d recipients are there,"
                + " the second import changed nothing: %s%n",
            node.heap,
            Mebibytes.of(nodes.process(0).peakRssBytes()),
            twice.bad(),
            twice.told(),
            twice.stored(),
            twice.isExact() ? "kept" : "MISSED");
        out.flush();
        return twice.isExact() ? 0 : 1;
      }
    }
  }

  private static void print(String which, Imported imported, PrintWriter out) {
    RecipientImport standing = imported.standing();
    out.printf(
        "%s: %,d rows in %.1f s (%,.0f rows/s): %,d created, %,d updated, %,d unchanged, %,d"
            + " refused%n",
        which,
        standing.getTotalCount(),
        imported.seconds(),
        imported.rowsPerSecond(),
        standing.getCreatedCount(),
        standing.getUpdatedCount(),
        standing.getUnchangedCount(),
        standing.getRefusedCount());
    out.flush();
  }
}
